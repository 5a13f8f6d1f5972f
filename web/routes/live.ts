/** What tells an open page of the console that its edition has changed (server-sent events). */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Backend } from '../backend.js';
import { idPattern } from '../http.js';
import type { WebOptions } from '../security.js';
import { guards } from '../session.js';

/** After so long the page asks anew, and whether it may still be read with it. */
const openForMs = 5 * 60_000;
/** A sign of life, so that nothing in between takes the connection for dead. */
const aliveEveryMs = 25_000;
/** More pages than these are not told: they are read again by hand. */
const mostOpen = 500;

/** The route of live pages: `/editions/ID/live`. */
export function liveRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const { inEdition } = guards(backend, options);
  let open = 0;
  app.get(
    `/editions/:edition{${idPattern}}/live`,
    inEdition('edition.see', (c) => {
      if (open >= mostOpen) return c.body(null, 204); // a browser that reads this asks no more
      const edition = c.req.param('edition') ?? '';
      const left = new AbortController();
      const signal = options.stopping === undefined ? left.signal : AbortSignal.any([left.signal, options.stopping]);
      open++;
      return streamSSE(c, async (stream) => {
        stream.onAbort(() => left.abort());
        try {
          const until = performance.now() + openForMs;
          let known = c.req.header('last-event-id') ?? (await backend.changed(edition, undefined, { ms: aliveEveryMs, signal }));
          await stream.writeSSE({ event: 'open', data: '', ...(known === undefined ? {} : { id: known }) });
          while (!signal.aborted && performance.now() < until) {
            const mark = await backend.changed(edition, known, { ms: aliveEveryMs, signal });
            if (signal.aborted) break;
            if (mark !== undefined) known = mark;
            await stream.writeSSE(mark === undefined ? { event: 'alive', data: '' } : { event: 'changed', data: '', id: mark });
          }
        } finally {
          open--;
        }
      });
    }),
  );
  return app;
}
