/** The clock of a demonstration, moved from the console: the work goes on beside the page, which says how far it is (console.md, "The demonstration's clock"). */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { actorOf } from '../../store/accounts.js';
import type { Viewer } from '../access.js';
import type { Backend, ClockPage, NotMoved, Raw } from '../backend.js';
import { ClockPageView, type TypedAdvance } from '../console/clock.js';
import { idPattern, posted, postedJson, shortForm, show } from '../http.js';
import type { WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** A page that shows a clock that moves is asked for again after so many seconds. */
const againAfter = 2;
const mostSeed = 999_999_999;

/** The routes of a demonstration's clock: `/editions/ID/clock`, and the same as JSON. */
export function clockRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const path = `/editions/:edition{${idPattern}}/clock`;
  const { inEdition } = guards(backend, options);

  async function page(c: Context, viewer: Viewer, { raw, problem }: { raw?: Raw; problem?: NotMoved } = {}): Promise<Response> {
    const clock = await backend.clock(c.req.param('edition') ?? '');
    if (clock === undefined) return c.notFound();
    if (clock.last?.running && problem === undefined) c.header('Refresh', String(againAfter));
    const typed = raw === undefined ? typedAs(clock.last) : typedOf(raw, clock.last);
    const status = problem === undefined ? 200 : problem === 'advancing' ? 409 : 422;
    return show(
      c,
      <ClockPageView
        locale={localeOf(c, viewer)}
        viewer={viewer}
        page={clock}
        typed={typed}
        {...(problem === undefined ? {} : { problem })}
      />,
      status,
    );
  }

  app.get(
    path,
    inEdition('edition.act', (c, viewer) => page(c, viewer)),
  );
  app.post(
    path,
    inEdition('edition.act', async (c, viewer) => {
      const edition = c.req.param('edition') ?? '';
      const raw = await posted(c, anyone);
      const clock = await backend.clock(edition);
      if (clock === undefined) return c.notFound();
      const { goal, date, step, ...with_ } = typedOf(raw, clock.last);
      const done = await backend.moveClock({
        ...{ edition, ...with_, actor: actorOf(viewer.account) },
        goal: goal === 'date' ? date : goal === 'step' ? step : goal,
      });
      return done === 'done' || done === 'moving' ? c.redirect(`/editions/${edition}/clock`, 303) : page(c, viewer, { raw, problem: done });
    }),
  );
  app.post(
    `${path}/stop`,
    inEdition('edition.act', async (c) => {
      const edition = c.req.param('edition') ?? '';
      if ((await backend.clock(edition)) === undefined) return c.notFound();
      await backend.stopClock(edition);
      return c.redirect(`/editions/${edition}/clock`, 303);
    }),
  );
  app.get(
    `/api${path}`,
    inEdition('edition.act', async (c) => {
      const clock = await backend.clock(c.req.param('edition') ?? '');
      return clock === undefined ? c.json({ error: 'no demonstration' }, 404) : c.json(inJson(clock));
    }),
  );
  app.post(
    `/api${path}`,
    inEdition('edition.act', async (c, viewer) => {
      const edition = c.req.param('edition') ?? '';
      const given = await postedJson(c, shortForm);
      if ((await backend.clock(edition)) === undefined) return c.json({ error: 'no demonstration' }, 404);
      const wanted = wantedAdvance.safeParse(given);
      if (!wanted.success) return c.json({ error: 'goal, others, acting and seed are expected' }, 400);
      const done = await backend.moveClock({ ...wanted.data, edition, actor: actorOf(viewer.account) });
      const clock = await backend.clock(edition);
      if (done === 'done' || done === 'moving') return c.json(clock === undefined ? {} : inJson(clock), done === 'done' ? 200 : 202);
      return c.json({ refused: done }, done === 'advancing' ? 409 : 422);
    }),
  );
  return app;
}

const wantedAdvance = z.object({
  goal: z.string().max(40).default('next'),
  others: z.string().max(40).default('nobody'),
  acting: z.array(z.string().max(128)).max(50).default([]),
  seed: z.int().min(1).max(mostSeed).default(1),
});

/** Where a clock stands, as JSON: instants, and how the last advance was asked for. */
function inJson({ at, last, waitingOn }: ClockPage): object {
  const { from_at: from, at: to, ...rest } = last ?? {};
  const iso = (instant: Date | undefined) => (instant === undefined ? {} : instant.toISOString());
  return { at: new Date(at).toISOString(), waitingOn, last: last === undefined ? null : { ...rest, from: iso(from), at: iso(to) } };
}

/** The form names up to fifty people beside its other fields. */
const anyone = { ...shortForm, fields: 100 };

type Last = Pick<TypedAdvance, 'others' | 'acting' | 'seed'>;

/** As the last advance was asked for; the first time, nobody answers, and nobody is played. */
const typedAs = ({ others = 'nobody', acting = [], seed = 1 }: Partial<Last> = {}): TypedAdvance => ({
  ...{ goal: 'next', date: '', step: '', others, acting, seed },
});

/** As it was posted; the button of the band says only how far, and the rest is as it was. */
function typedOf(raw: Raw, last: Last | undefined): TypedAdvance {
  const one = (name: string) => [raw[name] ?? ''].flat()[0] ?? '';
  const before = typedAs(last);
  const goal = one('goal');
  const asked: TypedAdvance = { ...before, goal: goal === 'date' || goal === 'step' ? goal : 'next', date: one('date'), step: one('step') };
  if (raw.others === undefined) return asked;
  const seed = /^[1-9]\d{0,8}$/.test(one('seed')) ? Number(one('seed')) : before.seed;
  return { ...asked, others: one('others'), acting: [raw.acting ?? []].flat(), seed: Math.min(seed, mostSeed) };
}
