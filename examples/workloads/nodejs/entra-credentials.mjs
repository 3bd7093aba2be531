/** Redis credentials from the pod's workload identity, renewed while connections are open. */
import { WorkloadIdentityCredential } from '@azure/identity';
import { EntraIdCredentialsProviderFactory } from '@redis/entraid';

const TOKEN_REQUEST_MS = 10_000;
const SHORTEST_LIFE_MS = 2_000; // so that at least a second passes between two requests

// Without these the renewal ends with the first failure, and Redis then closes each connection when its token expires.
const RETRY = {
  isRetryable: () => true,
  maxAttempts: Infinity,
  initialDelayMs: 1_000,
  backoffMultiplier: 2,
  maxDelayMs: 5_000,
};

/**
 * The user is the identity's object ID, the password a token that is renewed after half of its lifetime.
 *
 * node-redis gets this provider's credentials when it connects. It is not the streaming provider of @redis/entraid: node-redis
 * 6.3.1 subscribes to that again for each connection that it opens, and keeps the former subscriptions.
 *
 * @param environment the variables of the pod
 * @param renewed is called with each renewed credentials, for the open connections: Azure closes one whose token has expired
 * @throws if the first token is not available
 */
export async function entraCredentials(environment, renewed) {
  const tokens = EntraIdCredentialsProviderFactory.createForDefaultAzureCredential({
    credential: { getToken: (scope) => newToken(environment.AZURE_CLIENT_ID, scope) },
    scopes: environment.REDIS_ENTRA_SCOPE,
    credentialsMapper: ({ token }) => ({ username: environment.REDIS_USERNAME, password: token }),
    tokenManagerConfig: { expirationRefreshRatio: 0.5, retry: RETRY },
    onRetryableError: () => console.warn('No renewed token. Trying again in at most 5 s.'),
  });
  const listener = {
    onNext: (credentials) => {
      console.log('Token renewed.');
      renewed(credentials);
    },
    onError: (error) => console.error(`The renewal of tokens has ended: ${error.name}.`),
  };
  await tokens.subscribe(listener); // gets the first token, and starts the renewal
  return { type: 'async-credentials-provider', credentials: async () => tokens.getCurrentCredentials() };
}

/**
 * The credential reads AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST. The cluster sets the authority, so
 * no discovery in the public cloud is needed. A credential that is reused would return its cached token until shortly before
 * its expiry.
 */
async function newToken(clientId, scope) {
  const credential = new WorkloadIdentityCredential({ clientId, disableInstanceDiscovery: true });
  const { token, expiresOnTimestamp } = await credential.getToken(scope, {
    abortSignal: AbortSignal.timeout(TOKEN_REQUEST_MS),
  });
  return { token, expiresOnTimestamp: Math.max(expiresOnTimestamp, Date.now() + SHORTEST_LIFE_MS) };
}
