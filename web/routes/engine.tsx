/** What keeps editions moving, for admins: the installation; the engine of an edition, tried again at once or started again from the top. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { findingJson } from '../../client/checks/finding.js';
import { ENGINE_ACTS, type EngineAct } from '../../client/verbs/engine.js';
import { clean } from '../../domain/clean.js';
import type { Where } from '../../domain/rights.js';
import { isReason } from '../../domain/text.js';
import { actorOf } from '../../store/accounts.js';
import type { Viewer } from '../access.js';
import type { Backend, EnginePart } from '../backend.js';
import { type EngineNote, EnginePage } from '../console/engine.js';
import { InstallationPage } from '../console/installation.js';
import { tabsOf } from '../console/tabs.js';
import { idPattern, posted, postedJson, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import type { WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

const notes: readonly EngineNote[] = [...ENGINE_ACTS, 'owed'];

/** The routes: `/engine`, `/editions/ID/engine` and what is done there, and the same as JSON. */
export function engineRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const path = `/editions/:edition{${idPattern}}/engine`;
  const { inEdition, inInstallation, nothing } = guards(backend, options);

  async function page(
    c: Context,
    { viewer, where, ...told }: { viewer: Viewer; where: Where; note?: EngineNote; lacking?: EngineAct },
  ): Promise<Response> {
    const part = await backend.engine(c.req.param('edition') ?? '');
    if (part === undefined) return nothing(c);
    const failed = told.lacking !== undefined || told.note === 'over' || told.note === 'away';
    return show(
      c,
      <EnginePage locale={localeOf(c, viewer)} viewer={viewer} tabs={tabsOf(viewer.held, where)} part={part} {...told} />,
      failed ? 422 : 200,
    );
  }

  app.get(
    '/engine',
    inInstallation('alerts.see', async (c, viewer) =>
      show(c, <InstallationPage locale={localeOf(c, viewer)} viewer={viewer} checks={await backend.checks()} />),
    ),
  );
  app.get(
    '/api/engine',
    inInstallation('alerts.see', async (c, viewer) => {
      const checks = await backend.checks();
      const locale = localeOf(c, viewer);
      return c.json({ ok: checks.every(({ state }) => state !== 'fail'), checks: checks.map((one) => findingJson(one, locale)) });
    }),
  );
  app.get(
    path,
    inEdition('edition.engine', (c, viewer, where) => {
      const note = notes.find((one) => one === c.req.query('done'));
      return page(c, { viewer, where, ...(note === undefined ? {} : { note }) });
    }),
  );
  app.get(
    `/api${path}`,
    inEdition('edition.engine', async (c) => {
      const part = await backend.engine(c.req.param('edition') ?? '');
      return part === undefined ? nothing(c) : c.json(inJson(part));
    }),
  );
  app.post(
    `/api${path}`,
    inEdition('edition.engine', async (c, viewer) => {
      const edition = c.req.param('edition') ?? '';
      const given = wanted.safeParse(await postedJson(c, shortForm));
      if (!given.success) return c.json({ error: 'act (retry or restart) and reason are expected' }, 400);
      const done = await backend.engineAct({ edition, ...given.data, actor: actorOf(viewer.account) });
      if (done === 'unknown') return nothing(c);
      return c.json({ done }, done === 'over' ? 422 : done === 'away' ? 503 : 200);
    }),
  );
  for (const act of ENGINE_ACTS)
    app.post(
      `${path}/${act}`,
      inEdition('edition.engine', async (c, viewer, where) => {
        const edition = c.req.param('edition') ?? '';
        const reason = clean(oneOf(await posted(c, shortForm), 'reason'))
          .trim()
          .slice(0, 2_000);
        if (!isReason(reason)) return page(c, { viewer, where, lacking: act });
        const done = await backend.engineAct({ edition, act, reason, actor: actorOf(viewer.account) });
        if (done === 'unknown') return nothing(c);
        if (done === 'over' || done === 'away') return page(c, { viewer, where, note: done });
        return c.redirect(`/editions/${edition}/engine?done=${done === 'owed' ? done : act}`, 303);
      }),
    );
  return app;
}

const wanted = z.object({
  act: z.enum(ENGINE_ACTS),
  reason: z
    .string()
    .max(2_000)
    .transform((text) => clean(text).trim())
    .refine(isReason),
});

/** The engine of an edition as JSON: real instants, epoch ms. */
function inJson({ verdict, looks, offsetMs, execution, mails, alerts, incidents, ui }: EnginePart): object {
  return {
    verdict,
    lookAt: looks.lookAt === null ? null : looks.lookAt - offsetMs,
    ...{ wakeOwedSince: looks.owedSince, execution: execution ?? null, mails, ui: ui ?? null },
    alerts: alerts.map(({ kind, count, since }) => ({ kind, count, since })),
    incidents: incidents.map(({ scope, message, times, lastAt }) => ({ scope, message, times, lastAt: lastAt - offsetMs })),
  };
}
