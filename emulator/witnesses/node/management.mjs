// The management SDKs of npm, unmodified. The address of ARM is also the resource, as in any cloud but Azure's own.
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { RedisEnterpriseManagementClient } from '@azure/arm-redisenterprisecache';
import { ResourceManagementClient } from '@azure/arm-resources';
import { ClientSecretCredential } from '@azure/identity';
import assert from 'node:assert';
import { azure, SUBSCRIPTION, witness } from './witness.mjs';

const GROUP = 'shop';
const credential = new ClientSecretCredential(azure.tenantId, azure.clientId, azure.clientSecret, {
  authorityHost: azure.authority,
  disableInstanceDiscovery: true,
});
const place = { endpoint: azure.arm, credentialScopes: [`${azure.arm}/.default`] };
const wait = { updateIntervalInMs: 500 };

await witness('@azure/arm-msi', 'identity: create, list, delete', async () => {
  const client = new ManagedServiceIdentityClient(credential, SUBSCRIPTION, place);
  const made = await client.userAssignedIdentities.createOrUpdate(GROUP, 'witness', {
    location: 'westus2',
    tags: { a: 'b' },
  });
  assert.deepEqual(made.tags, { a: 'b' });
  const names = [];
  for await (const each of client.userAssignedIdentities.listByResourceGroup(GROUP)) names.push(each.name);
  assert(names.includes('witness'));
  await client.userAssignedIdentities.delete(GROUP, 'witness');
});

await witness('@azure/arm-redisenterprisecache', 'database: get, keys', async () => {
  const client = new RedisEnterpriseManagementClient(credential, SUBSCRIPTION, place);
  const database = await client.databases.get(GROUP, 'orders', 'default');
  assert.equal(database.provisioningState, 'Succeeded');
  assert((await client.databases.listKeys(GROUP, 'orders', 'default')).primaryKey);
});

// With the generic client: this version of @azure/arm-redisenterprisecache has no assignments yet.
await witness('@azure/arm-resources', 'assignment: create, get, delete', async () => {
  const client = new ResourceManagementClient(credential, SUBSCRIPTION, place);
  const id =
    `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.Cache` +
    '/redisEnterprise/orders/databases/default/accessPolicyAssignments/node';
  const body = {
    properties: { accessPolicyName: 'default', user: { objectId: '99999999-0000-0000-0000-000000000001' } },
  };
  const made = await client.resources.beginCreateOrUpdateByIdAndWait(id, '2025-07-01', body, wait);
  assert.equal(made.properties.provisioningState, 'Succeeded');
  assert.equal((await client.resources.getById(id, '2025-07-01')).name, 'node');
  await client.resources.beginDeleteByIdAndWait(id, '2025-07-01', wait);
});
