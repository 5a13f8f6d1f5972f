/** What coordinators read of an edition: documents and their versions, interviews side by side, applications. */
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { CSV_DIALECTS, csvText } from '../../domain/csv.js';
import { FIGURE_IDS } from '../../domain/figures.js';
import { may } from '../../domain/rights.js';
import type { ApplicationFilter } from '../../store/readings.js';
import type { Backend } from '../backend.js';
import { APPLICATION_STATES, ApplicationPage, ApplicationsPage } from '../console/applications.js';
import { DocumentPage, DocumentsPage } from '../console/documents.js';
import { FiguresPage } from '../console/figures.js';
import { InterviewsPage } from '../console/interviews.js';
import { tabsOf } from '../console/tabs.js';
import { fromOf, idPattern, show } from '../http.js';
import type { WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** The routes of reading: `/editions/ID/documents`, `/editions/ID/applications`. */
export function readingRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const edition = `/editions/:edition{${idPattern}}`;
  const { inEdition, nothing } = guards(backend, options);

  app.get(
    `${edition}/documents`,
    inEdition('edition.see', async (c, viewer, where) => {
      const from = fromOf(c);
      const part = await backend.documents(c.req.param('edition') ?? '', from);
      const shell = { locale: localeOf(c, viewer), viewer, tabs: tabsOf(viewer.held, where) };
      const reads = may(viewer.held, 'edition.answers', where);
      return part === undefined ? nothing(c) : show(c, <DocumentsPage {...shell} {...{ part, from, reads }} />);
    }),
  );
  app.get(
    `${edition}/documents/interviews`,
    inEdition('edition.answers', async (c, viewer, where) => {
      const from = fromOf(c);
      const part = await backend.interviews(c.req.param('edition') ?? '', from);
      const shell = { locale: localeOf(c, viewer), viewer, tabs: tabsOf(viewer.held, where) };
      return part === undefined ? nothing(c) : show(c, <InterviewsPage {...shell} {...{ part, from }} />);
    }),
  );
  for (const [what, path] of Object.entries({ applications: 'applications.csv', interviews: 'documents/interviews.csv' } as const))
    app.get(
      `${edition}/${path}`,
      inEdition('edition.answers', async (c, viewer) => {
        const id = c.req.param('edition') ?? '';
        const dialect = CSV_DIALECTS.find((one) => one === c.req.query('dialect')) ?? 'french';
        const part = (from: number) =>
          backend.sheet(id, { what: what === 'interviews' ? 'interviews' : 'applications', from, reader: viewer.email });
        let rows = await part(0);
        if (rows === undefined) return nothing(c);
        c.header('content-type', 'text/csv; charset=utf-8');
        c.header('content-disposition', `attachment; filename="${id}-${what}.csv"`);
        return stream(c, async (out) => {
          await out.write(csvText([rows?.head ?? []], dialect));
          for (; rows !== undefined; rows = rows.next === undefined ? undefined : await part(rows.next))
            await out.write(csvText(rows.rows, dialect, { first: false }));
        });
      }),
    );
  app.get(
    `${edition}/documents/figures`,
    inEdition('edition.see', async (c, viewer, where) => {
      const part = await backend.figures(c.req.param('edition') ?? '');
      const shell = { locale: localeOf(c, viewer), viewer, tabs: tabsOf(viewer.held, where) };
      return part === undefined ? nothing(c) : show(c, <FiguresPage {...shell} part={part} />);
    }),
  );
  app.get(
    `${edition}/documents/figures.csv`,
    inEdition('edition.see', async (c) => {
      const part = await backend.figures(c.req.param('edition') ?? '');
      if (part === undefined) return nothing(c);
      const rows = [
        ...FIGURE_IDS.map((id) => ['figure', id, part.figures[id]]),
        ...part.need.map(({ id, n }) => ['applications by need', id, n]),
        ...part.relay.map(({ name, n }) => ['applications by relay', name, n]),
        ...part.phases.flatMap(({ phase, foreseen, lived }) => [
          ['days foreseen', phase, foreseen],
          ['days lived', phase, lived ?? null],
        ]),
      ];
      c.header('content-type', 'text/csv; charset=utf-8');
      c.header('content-disposition', `attachment; filename="${part.edition.id}-figures.csv"`);
      return c.body(csvText([['of', 'what', 'n'], ...rows], CSV_DIALECTS.find((one) => one === c.req.query('dialect')) ?? 'french'));
    }),
  );
  app.get(
    `/api${edition}/figures`,
    inEdition('edition.see', async (c) => {
      const part = await backend.figures(c.req.param('edition') ?? '');
      if (part === undefined) return nothing(c);
      const { figures, need, relay, phases } = part;
      return c.json({ id: part.edition.id, figures, need, relay, phases });
    }),
  );
  for (const path of [`${edition}/documents/:step{[a-z-]{1,40}}`, `${edition}/documents/:step{[a-z-]{1,40}}/:project{${idPattern}}`])
    app.get(
      path,
      inEdition('edition.see', async (c, viewer, where) => {
        const { edition: id = '', step = '', project = '' } = c.req.param();
        const { version = '', before = '' } = c.req.query();
        const part = await backend.documentOf(id, { step, project, version, before });
        const shell = { locale: localeOf(c, viewer), viewer, tabs: tabsOf(viewer.held, where) };
        return part === undefined ? c.notFound() : show(c, <DocumentPage {...shell} part={part} />);
      }),
    );
  app.get(
    `${edition}/applications`,
    inEdition('edition.answers', async (c, viewer, where) => {
      const from = fromOf(c);
      const state = APPLICATION_STATES.find((one) => one === c.req.query('state'));
      const need = c.req.query('need') ?? '';
      const filter: ApplicationFilter = { ...(need === '' ? {} : { need }), ...(state === undefined ? {} : { state }) };
      const part = await backend.applications(c.req.param('edition') ?? '', { ...filter, from });
      const shell = { locale: localeOf(c, viewer), viewer, tabs: tabsOf(viewer.held, where) };
      return part === undefined ? nothing(c) : show(c, <ApplicationsPage {...shell} {...{ part, from }} />);
    }),
  );
  app.get(
    `${edition}/applications/:application{${idPattern}}`,
    inEdition('edition.answers', async (c, viewer, where) => {
      const { edition: id = '', application = '' } = c.req.param();
      const part = await backend.application(id, application, viewer.email);
      const shell = { locale: localeOf(c, viewer), viewer, tabs: tabsOf(viewer.held, where) };
      return part === undefined ? c.notFound() : show(c, <ApplicationPage {...shell} part={part} />);
    }),
  );
  return app;
}
