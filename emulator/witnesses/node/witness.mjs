// Shared by the Node.js programs: the emulator's endpoints, and the report of an operation.
import { readFileSync } from 'node:fs';

export const SUBSCRIPTION = '22222222-2222-2222-2222-222222222222';

const endpoints = JSON.parse(readFileSync(process.env.ENDPOINTS));

/** endpoints.json, and the principal for tools of example.yaml. */
export const azure = {
  ...endpoints,
  host: endpoints.databases[0].host,
  port: endpoints.databases[0].port,
  ca: readFileSync(endpoints.caFile),
  clientId: '77777777-7777-7777-7777-777777777777',
  objectId: '88888888-8888-8888-8888-888888888888',
  clientSecret: 'for-local-use-only',
};

/** Reports one operation on one line: result, tool, operation, separated by tabs. */
export async function witness(tool, operation, action) {
  try {
    await action();
    console.log(`works\t${tool}\t${operation}`);
  } catch (error) {
    console.error(error);
    console.log(`FAILS\t${tool}\t${operation}`);
  }
}
