// The web in a process of its own, to be killed: the application of an installation, but that each request says at which instant it is made
// (`x-chaos-now`, in skipped time no clock knows it) and what becomes of the wake it causes (`x-chaos-wake`: lost, doubled).
import { AsyncLocalStorage } from 'node:async_hooks';
import { serve } from '@hono/node-server';

const dist = new URL('../../../dist/', import.meta.url);
const { openInstallation } = await import(new URL('client/installation.js', dist).href);
const { readConfig, INSTALLATION } = await import(new URL('config.js', dist).href);
const { createApp } = await import(new URL('web/app.js', dist).href);
const { liveBackend } = await import(new URL('web/live.js', dist).href);

process.on('disconnect', () => process.exit(0));
const environment = await new Promise((told) => {
  process.on('message', (message) => message.go && told(message.go.environment));
  process.send({ warm: true });
});
const config = readConfig(environment, INSTALLATION);
const installation = await openInstallation(config);
const asking = new AsyncLocalStorage();
const wake = async (edition) => {
  const becomes = asking.getStore()?.wake;
  if (becomes === 'lost') return;
  await installation.wake(edition);
  if (becomes === 'doubled') await installation.wake(edition);
};
const backend = liveBackend({ ...installation, wake, realNow: () => asking.getStore()?.now ?? Date.now() });
const onError = (error) => process.stderr.write(config.logLevel === 'debug' ? `${error instanceof Error ? error.stack : error}\n` : '');
const app = createApp(backend, { baseUrl: config.publicUrl, secure: false, onError });
const fetch = (request, env) => {
  const now = request.headers.get('x-chaos-now');
  const context = { ...(now !== null && { now: Number(now) }), wake: request.headers.get('x-chaos-wake') };
  return asking.run(context, () => app.fetch(request, env));
};
serve({ fetch, hostname: config.host, port: config.port }, () => process.send({ ready: true }));
