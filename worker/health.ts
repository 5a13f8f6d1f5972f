import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Health } from '../client/health.js';

/** What the worker tells about itself. */
export interface WorkerHealth {
  health(): Promise<Health>;
  /** `RUNNING` when it takes work. */
  state(): string;
  registry: Registry;
  /** What whoever reads measures must show; left out, they must come from this machine. */
  metricsToken?: string | undefined;
  realNow(): number;
}

/** A small server for whoever watches the worker: `/healthz`, `/metrics`. Rejects when the port cannot be had. */
export async function serveHealth(
  worker: WorkerHealth,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(worker, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(worker: WorkerHealth, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'GET only');
  if (path === '/healthz') {
    const health = await worker.health();
    const ok = health.database === 'up' && health.engine === 'up' && worker.state() === 'RUNNING';
    const { database, engine, sweep, watch, alerts, disk } = health;
    const body = { ok, at: new Date(worker.realNow()).toISOString(), state: worker.state(), database, engine, sweep, watch, alerts, disk };
    return end(response, ok ? 200 : 503, JSON.stringify(body), 'application/json');
  }
  if (path === '/metrics') {
    if (!mayRead(worker, request)) return end(response, 403, 'METRICS_TOKEN, or from this machine');
    return end(response, 200, await worker.registry.metrics(), worker.registry.contentType);
  }
  return end(response, 404, 'healthz, metrics');
}

/** Nothing stands in front of the worker's port, so that an address of this machine is one. */
function mayRead({ metricsToken }: WorkerHealth, request: IncomingMessage): boolean {
  if (metricsToken === undefined) return /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${metricsToken}`));
}

function end(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}
