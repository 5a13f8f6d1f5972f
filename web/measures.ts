/** What the web measures: answers by the pattern of their address – never the address, which may be a secret – and what the database counts. */
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Installation } from '../client/installation.js';
import { countInstallation } from '../client/measures.js';

/** Measures of one web process. */
export interface WebMeasures {
  registry: Registry;
  /** Counts and times every answer. */
  counting: MiddlewareHandler;
}

/** Measures of one process. */
export function webMeasures(installation: Pick<Installation, 'store' | 'realNow'>): WebMeasures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countInstallation(registry, installation);
  const seconds = new Histogram({
    name: 'troismains_http_request_seconds',
    help: 'How long an answer took, by the pattern of its address',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return {
    registry,
    counting: async (c, next) => {
      const done = seconds.startTimer();
      await next();
      const pattern = routePath(c, -1);
      const method = ['GET', 'HEAD', 'POST'].includes(c.req.method) ? c.req.method : 'other';
      done({ method, route: pattern === '*' || pattern === '/*' ? 'none' : pattern, status: c.res.status });
    },
  };
}
