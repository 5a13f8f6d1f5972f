import { serve } from '@hono/node-server';
import { openInstallation } from '../client/installation.js';
import { openLog } from '../client/log.js';
import { countProcess } from '../client/measures.js';
import type { Config, INSTALLATION } from '../config.js';
import { createApp } from './app.js';
import { liveBackend } from './live.js';
import type { BeginMoving, Moving } from './live-clock.js';
import { webMeasures } from './measures.js';

/** What the web insists on. */
export type WebConfig = Config & { [K in (typeof INSTALLATION)[number]]-?: NonNullable<Config[K]> };

/** A page waits no longer than that for each thing that is looked at, in milliseconds. */
const checkedWithinMs = 3_000;

/** The web process: serves until it is told to stop, then lets what it began finish. `begin`: how the clock of a demonstration is moved. */
export async function runWeb(config: WebConfig, begin?: BeginMoving): Promise<void> {
  const log = openLog(config);
  const installation = await openInstallation(config, {
    connections: config.databaseConnections,
    onProblem: (problem) => log.warn(problem, 'an OpenID provider let nobody in'),
  });
  installation.providers.list(); // reached before the first page offers them
  const onError = (error: unknown) => log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a page failed');
  const measures = webMeasures(installation);
  countProcess(measures.registry, { ...installation, dropped: log.dropped });
  const stopping = new AbortController();
  const moves: Promise<unknown>[] = [];
  const moving: Moving | undefined = begin && {
    signal: stopping.signal,
    begin: async (on, wanted) => {
      const begun = await begin(on, wanted, onError);
      if (begun.ok) moves.push(begun.over);
      return begun;
    },
  };
  const checks = async () => (await import('../client/checks/index.js')).examineInstallation(config, { withinMs: checkedWithinMs });
  const app = createApp(liveBackend(installation, moving, checks), {
    baseUrl: config.publicUrl,
    ...(config.trustedProxies === undefined ? {} : { proxies: config.trustedProxies }),
    secure: config.publicUrl.startsWith('https:'),
    needsFactor: installation.needsFactor,
    onError,
    stopping: stopping.signal,
    ...(config.metricsToken === undefined ? {} : { metrics: { ...measures, token: config.metricsToken } }),
  });
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port });
  await new Promise<void>((done, fail) => {
    server.on('error', fail);
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        stopping.abort();
        server.close(() => done());
      });
  });
  await Promise.all(moves);
  await installation.close();
  log.close();
}
