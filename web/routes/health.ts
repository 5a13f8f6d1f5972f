/** For whoever watches from outside: whether this process can do its work, whether the installation can, and measures. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { isWhole } from '../../client/health.js';
import type { Backend } from '../backend.js';
import type { WebOptions } from '../security.js';

/** `/healthz`: this process (503 without its database); `/healthz/installation`: everything (503 when anything is wrong); `/metrics`. */
export function healthRoutes(backend: Backend, { metrics }: WebOptions): Hono {
  const app = new Hono();
  const at = () => new Date(backend.now()).toISOString();
  app.get('/healthz', async (c) => {
    // answers are recorded whether or not the engine and the worker are up: they are told, and are no reason to take the pages away
    const health = await backend.health();
    const ok = health.database === 'up';
    return c.json({ ok, at: at(), ...health }, ok ? 200 : 503);
  });
  app.get('/healthz/installation', async (c) => {
    const health = await backend.health();
    const ok = isWhole(health);
    return c.json({ ok, at: at(), ...health }, ok ? 200 : 503);
  });
  if (metrics !== undefined)
    app.get('/metrics', async (c) => {
      // behind a proxy every address is this machine's: only the token tells who may
      const digest = (text: string) => createHash('sha256').update(text).digest();
      const given = digest(c.req.header('authorization') ?? '');
      if (!timingSafeEqual(given, digest(`Bearer ${metrics.token}`))) return c.text('METRICS_TOKEN\n', 403);
      return c.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType });
    });
  return app;
}
