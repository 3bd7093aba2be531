/** Connects with the client that REDIS_CLUSTER_POLICY requires. */
import { createClient, createCluster, ErrorReply } from 'redis';
import { entraCredentials } from './entra-credentials.mjs';

const TIMEOUT_MS = 5_000;

export async function connectRedis(environment) {
  let openConnections = () => [];
  const credentialsProvider = await entraCredentials(environment, (credentials) => {
    for (const connection of openConnections().filter(({ isReady }) => isReady)) {
      connection.auth(credentials).catch((error) => console.warn(`A connection was not authenticated again: ${reason(error)}.`));
    }
  });
  const host = environment.REDIS_HOSTNAME;
  const socket = {
    host,
    port: Number(environment.REDIS_PORT),
    tls: true,
    connectTimeout: TIMEOUT_MS,
    reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, TIMEOUT_MS),
  };
  // Without a connection, commands fail at once.
  const options = { credentialsProvider, socket, disableOfflineQueue: true };
  let client;
  if (environment.REDIS_CLUSTER_POLICY === 'OSSCluster') {
    // Shards are reported with private addresses, which are in no certificate. They are also reachable at the public name with
    // the shard's port.
    client = createCluster({
      rootNodes: [{ socket: { host, port: socket.port } }],
      defaults: options,
      nodeAddressMap: (reported) => ({ host, port: Number(reported.slice(reported.lastIndexOf(':') + 1)) }),
    });
    openConnections = () => client.masters.map((node) => node.client).filter(Boolean);
    client.on('node-error', report);
  } else {
    client = createClient(options);
    openConnections = () => [client];
  }
  client.on('error', report);
  await client.connect();
  return client;
}

const report = (error) => console.warn(`No connection to Redis: ${reason(error)}.`);

/** The first word of Redis' error, such as WRONGPASS; else a code or the class, because messages may quote what was sent. */
export function reason(error) {
  return error instanceof ErrorReply ? error.message.split(' ', 1)[0] : (error.code ?? error.constructor.name);
}

/** node-redis limits only the time until a command is sent. */
export function inTime(answer) {
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('No answer in time.'), { code: 'TIMEOUT' })), TIMEOUT_MS);
  });
  return Promise.race([answer, deadline]).finally(() => clearTimeout(timer));
}
