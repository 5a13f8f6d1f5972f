/** People of an edition, and somebody's page. What is searched for is posted: names are in no address. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { isActName } from '../../domain/acts.js';
import { clean } from '../../domain/clean.js';
import { may, type Where } from '../../domain/rights.js';
import { isRoleWord } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { Backend } from '../backend.js';
import { PeoplePageView, PersonPageView } from '../console/people.js';
import { tabsOf } from '../console/tabs.js';
import { fromIn, fromOf, idPattern, posted, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import type { WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** The routes of people: `/editions/ID/people`, `/editions/ID/people/PERSON`. */
export function peopleRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const edition = `:edition{${idPattern}}`;
  const { inEdition, nothing } = guards(backend, options);

  const propsFor = (c: Context, viewer: Viewer, where: Where, status: string) => ({
    locale: localeOf(c, viewer),
    viewer,
    tabs: tabsOf(viewer.held, where),
    mayAct: may(viewer.held, 'edition.act', where) && (status === 'running' || status === 'paused'),
  });

  async function list(
    c: Context,
    { viewer, where }: { viewer: Viewer; where: Where },
    wanted: { from: number; search: string; role: string },
  ): Promise<Response> {
    const part = await backend.people(c.req.param('edition') ?? '', wanted);
    if (part === undefined) return nothing(c);
    const done = c.req.query('done') ?? '';
    return show(
      c,
      <PeoplePageView
        {...propsFor(c, viewer, where, part.edition.status)}
        {...wanted}
        part={part}
        done={isActName(done) ? done : undefined}
      />,
    );
  }

  const path = `/editions/${edition}/people`;
  app.get(
    path,
    inEdition('edition.people', (c, viewer, where) => {
      const role = c.req.query('role') ?? '';
      return list(c, { viewer, where }, { from: fromOf(c), search: '', role: isRoleWord(role) ? role : '' });
    }),
  );
  app.post(
    path,
    inEdition('edition.people', async (c, viewer, where) => {
      const raw = await posted(c, shortForm);
      return list(
        c,
        { viewer, where },
        { from: fromIn(oneOf(raw, 'from')), search: clean(oneOf(raw, 'q')).trim().slice(0, 200), role: '' },
      );
    }),
  );
  app.get(
    `${path}/:person{${idPattern}}`,
    inEdition('edition.people', async (c, viewer, where) => {
      const part = await backend.person(c.req.param('edition') ?? '', c.req.param('person') ?? '');
      if (part === undefined) return c.notFound();
      return show(c, <PersonPageView {...propsFor(c, viewer, where, part.edition.status)} part={part} />);
    }),
  );
  return app;
}
