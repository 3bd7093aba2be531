// Redis clients of npm: node-redis with @redis/entraid, and ioredis with a token of @azure/identity.
import { ClientSecretCredential } from '@azure/identity';
import { EntraIdCredentialsProviderFactory, REDIS_SCOPE_DEFAULT } from '@redis/entraid';
import Redis from 'ioredis';
import assert from 'node:assert';
import { createClient } from 'redis';
import { azure, witness } from './witness.mjs';

const tokenManagerConfig = { expirationRefreshRatio: 0.8 };
const credential = new ClientSecretCredential(azure.tenantId, azure.clientId, azure.clientSecret, {
  authorityHost: azure.authority,
  disableInstanceDiscovery: true,
});

async function login(credentialsProvider) {
  const client = createClient({
    socket: { host: azure.host, port: azure.port, tls: true, ca: azure.ca },
    credentialsProvider,
  });
  client.on('error', (error) => console.error(error));
  await client.connect();
  await client.set('witness', '1');
  const name = await client.aclWhoAmI();
  client.destroy();
  return name;
}

await witness('node-redis, @redis/entraid', 'DefaultAzureCredential: login, SET', async () => {
  const provider = EntraIdCredentialsProviderFactory.createForDefaultAzureCredential({
    credential,
    scopes: REDIS_SCOPE_DEFAULT,
    tokenManagerConfig,
  });
  assert.equal(await login(provider), azure.objectId);
});

if (process.env.PUBLIC_HOSTS) {
  await witness('node-redis, @redis/entraid', 'service principal, instance discovery on', async () => {
    const provider = EntraIdCredentialsProviderFactory.createForClientCredentials({
      clientId: azure.clientId,
      clientSecret: azure.clientSecret,
      authorityConfig: { type: 'multi-tenant', tenantId: azure.tenantId },
      tokenManagerConfig,
    });
    assert.equal(await login(provider), azure.objectId);
  });
}

await witness('ioredis, @azure/identity', 'login, SET', async () => {
  const { token } = await credential.getToken('https://redis.azure.com/.default');
  const client = new Redis({
    host: azure.host,
    port: azure.port,
    tls: { ca: azure.ca },
    username: azure.objectId,
    password: token,
  });
  assert.equal(await client.set('witness', '1'), 'OK');
  client.disconnect();
});
process.exit(0); // the token managers' timers are still running
