/** A small HTTP server that logs in to Redis with the pod's workload identity. */
import { createServer } from 'node:http';
import { connectRedis, inTime, reason } from './redis-client.mjs';

const AUTH_METHOD = { redis_auth_method: 'Entra ID token' };

const redis = await connectRedis(process.env);

async function health() {
  try {
    const connection = await inTime(redis.clientId());
    return [200, { status: 'healthy', redis_connected: true, ...AUTH_METHOD, redis_connection_id: connection }];
  } catch (error) {
    console.warn(`Redis does not answer: ${reason(error)}.`);
    return [503, { status: 'unhealthy', redis_connected: false, ...AUTH_METHOD, error: reason(error) }];
  }
}

async function visit(page) {
  try {
    return [200, { visits: await inTime(redis.incr(`visits:${page}`)) }];
  } catch (error) {
    console.warn(`Redis does not answer: ${reason(error)}.`);
    return [503, { error: reason(error) }];
  }
}

async function answer({ method, url }) {
  if (url === '/health') {
    return health();
  }
  const [, page] = /^\/visits\/(.+)$/.exec(url) ?? [];
  if (!page) {
    return [404, {}];
  }
  return method === 'POST' ? visit(page) : [405, {}];
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request);
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(Number(process.env.PORT ?? 8080), () => console.log(`listening on port ${server.address().port}`));
