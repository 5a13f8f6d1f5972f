/** The console: editions, one edition, its journal, and the same as JSON. What can be done there: give an address anew. */
import { Hono } from 'hono';
import { isActName } from '../../domain/acts.js';
import { isCivilDate } from '../../domain/calendar.js';
import { clean } from '../../domain/clean.js';
import { type Held, isVisible, may, type Where } from '../../domain/rights.js';
import { isReason } from '../../domain/text.js';
import { actorOf } from '../../store/accounts.js';
import { JOURNAL_KINDS } from '../../store/audit.js';
import { type Backend, BOARD_STATES, type BoardFilter, type EditionPage, type Journal, type JournalQuery } from '../backend.js';
import { AnswerPage } from '../console/answer.js';
import { EditionPageView } from '../console/edition.js';
import { EditionsPage } from '../console/editions.js';
import { JournalPage } from '../console/journal.js';
import { type Tab, tabsOf } from '../console/tabs.js';
import { fromOf, idPattern, posted, shortForm, show } from '../http.js';
import { loosen, type WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** What an answer in somebody's name leads back with. */
const answered = ['answer-for', 'closed', 'late', 'already-answered', 'unknown'];

/** The routes of the console: `/`, `/editions`, `/api`. */
export function consoleRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const edition = `:edition{${idPattern}}`;
  const { signedIn, proven, inEdition, nothing } = guards(backend, options);

  app.get(
    '/',
    signedIn(async (c, viewer) => {
      const { held } = viewer;
      const from = fromOf(c);
      const territory = c.req.query('territory') ?? '';
      const state = BOARD_STATES.find((one) => one === c.req.query('state'));
      const filter: BoardFilter = { ...(territory === '' ? {} : { territory }), ...(state === undefined ? {} : { state }) };
      const [{ editions, territories, next }, alerts] = await Promise.all([
        backend.editions(held, from, filter),
        may(held, 'alerts.see') ? backend.alerts() : [],
      ]);
      return show(
        c,
        <EditionsPage
          locale={localeOf(c, viewer)}
          viewer={viewer}
          {...{ editions, territories, filter, alerts, from, next }}
          at={backend.now()}
        />,
      );
    }),
  );
  app.get('/editions', (c) => c.redirect('/', 303));
  const editionTab = (tab: Tab) =>
    signedIn(async (c, viewer) => {
      const { held } = viewer;
      const id = c.req.param('edition') ?? '';
      const where = await backend.where(id);
      if (where === undefined || !isVisible(held, where)) return nothing(c);
      if (!may(held, 'edition.see', where)) return c.redirect(`/editions/${id}/engine`, 303); // they keep it in order, and no more
      const page = await backend.edition(id);
      if (page === undefined) return nothing(c);
      loosen(c, 'drawing');
      const done = c.req.query('done') ?? '';
      return show(
        c,
        <EditionPageView
          locale={localeOf(c, viewer)}
          viewer={viewer}
          page={shownTo(page, { held, where })}
          {...{ tab, tabs: tabsOf(held, where) }}
          {...(isActName(done) || answered.includes(done) ? { done } : {})}
        />,
      );
    });
  app.get(`/editions/${edition}`, editionTab('today'));
  for (const tab of ['plan', 'projects'] as const) app.get(`/editions/${edition}/${tab}`, editionTab(tab));
  app.post(
    `/editions/${edition}/people/:person{${idPattern}}`,
    inEdition('edition.people', (c, viewer, where) =>
      proven(async () => {
        const { account, held } = viewer;
        const { edition: id = '', person = '' } = c.req.param();
        const raw = await posted(c, shortForm);
        const typed = (field: string) => clean([raw[field] ?? ''].flat().join(' ')).trim();
        const [email, reason] = [typed('email'), typed('reason')];
        const act = { edition: id, person, email, reason: reason.slice(0, 2_000), actor: actorOf(account) };
        const done = isReason(reason) ? await backend.giveAddress(act) : 'reason';
        if (done === 'done') return c.redirect(`/editions/${id}`, 303);
        const page = done === 'unknown' ? undefined : await backend.edition(id);
        if (done === 'unknown' || page === undefined) return c.notFound();
        loosen(c, 'drawing');
        return show(
          c,
          <EditionPageView
            locale={localeOf(c, viewer)}
            viewer={viewer}
            page={shownTo(page, { held, where })}
            tabs={tabsOf(held, where)}
            tried={{ person, email, reason, problem: done }}
          />,
          422,
        );
      })(c, viewer),
    ),
  );
  app.get(
    `/editions/${edition}/journal`,
    inEdition('edition.see', async (c, viewer, where) => {
      const query = journalQueryOf((name) => c.req.query(name), fromOf(c));
      const part = await backend.journal(c.req.param('edition') ?? '', query);
      if (part === undefined) return nothing(c);
      const read = { ...part, journal: journalTo(part.journal, { held: viewer.held, where }) };
      return show(c, <JournalPage locale={localeOf(c, viewer)} {...{ viewer, tabs: tabsOf(viewer.held, where), query, part: read }} />);
    }),
  );
  app.get(
    `/editions/${edition}/answers`,
    inEdition('edition.answers', async (c, viewer) => {
      const [ask, person] = [c.req.query('ask') ?? '', c.req.query('person') ?? ''];
      const view = await backend.placeFor({ edition: c.req.param('edition') ?? '', ask, person });
      return view === undefined ? c.notFound() : show(c, <AnswerPage locale={localeOf(c, viewer)} viewer={viewer} view={view} />);
    }),
  );
  app.get(
    `/api/editions/${edition}`,
    inEdition('edition.document', async (c) => {
      const document = await backend.document(c.req.param('edition') ?? '');
      return document === undefined ? nothing(c) : c.json(document);
    }),
  );
  return app;
}

/** The page of an edition, less what somebody may not read of it. */
function shownTo(page: EditionPage, { held, where }: { held: readonly Held[]; where: Where }): EditionPage {
  const { failing, held: heldMails, ...rest } = page;
  return {
    ...rest,
    ...(may(held, 'edition.people', where) && failing !== undefined ? { failing } : {}),
    ...(may(held, 'edition.mails', where) && heldMails !== undefined ? { held: heldMails } : {}),
    incidents: may(held, 'edition.act', where) ? page.incidents : [],
    mayAct: may(held, 'edition.act', where) && (page.edition.status === 'running' || page.edition.status === 'paused'),
  };
}

/** A part of a journal, its reasons and the way to answers left out for whoever may not read them. */
function journalTo(journal: Journal, { held, where }: { held: readonly Held[]; where: Where }): Journal {
  const [reasons, answers] = [may(held, 'edition.reasons', where), may(held, 'edition.answers', where)];
  return {
    ...journal,
    lines: journal.lines.map(({ reason, answer, ...line }) => ({
      ...line,
      ...(reasons && reason !== undefined ? { reason } : {}),
      ...(answers && answer !== undefined ? { answer } : {}),
    })),
  };
}

/** Which lines of a journal an address asks for; what it says that there is not says nothing. */
function journalQueryOf(said: (name: string) => string | undefined, from: number): JournalQuery {
  const day = (name: string) => (isCivilDate(said(name) ?? '') ? said(name) : undefined);
  const who = clean(said('who') ?? '')
    .trim()
    .slice(0, 200);
  return {
    from,
    who: who === '' ? undefined : who,
    kind: JOURNAL_KINDS.find((one) => one === said('kind')),
    since: day('since'),
    until: day('until'),
  };
}
