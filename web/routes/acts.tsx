/** What coordinators do to an edition: each act on a page of its own that shows what it would change, and the same as JSON (console.md, "Acts"). */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { ACT_FIELDS, ACTS, type ActName, type ActProblem, isActName, isPeopleAct, readAct } from '../../domain/acts.js';
import { longestMessage } from '../../domain/audience.js';
import { mailRefOf } from '../../domain/mailrefs.js';
import type { Preview } from '../../domain/preview.js';
import type { Where } from '../../domain/rights.js';
import { isReason, tidy } from '../../domain/text.js';
import { actorOf } from '../../store/accounts.js';
import type { Viewer } from '../access.js';
import type { Backend, Raw } from '../backend.js';
import { type ActNote, ActPageView } from '../console/act.js';
import { choosesPeople, isGiven, isPersonal, isWritten, type TypedAct } from '../console/act-fields.js';
import { AnswerForPage } from '../console/answer-for.js';
import { anyForm, type FormLimit, idPattern, posted, postedJson, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import { standingOf } from '../pages/standing.js';
import { loosen, type WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** A form with a message in it: an octet of a letter is three on its way, and a letter has three of them at most. */
const writtenForm: FormLimit = { bytes: shortForm.bytes + longestMessage.text * 9, fields: shortForm.fields + 50 };

/** The routes of acts: `/editions/ID/acts/ACT`, `/api/editions/ID/acts`. */
export function actRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const edition = `:edition{${idPattern}}`;
  const { inEdition, proven, nothing } = guards(backend, options);
  const path = `/editions/${edition}/acts/:act{(?:${Object.keys(ACTS).join('|')})}`; // grouped: "add" is no beginning of "address"

  /** The page of an act, with what its preview names. */
  async function page(
    c: Context,
    viewer: Viewer,
    shown: { name: ActName; typed: TypedAct; preview?: Preview | undefined; problems?: readonly ActProblem[]; note?: ActNote },
    status: 200 | 409 | 422 | 503 = 200,
  ): Promise<Response> {
    const { name, typed, preview } = shown;
    const ref = mailRefOf(typed.mail);
    const rung = ref === undefined || 'row' in ref ? undefined : ref;
    const asks = [
      typed.ask,
      ...(rung === undefined ? [] : [rung.ask]),
      ...(preview?.asks ?? []).map(({ ask }) => ask),
      ...(preview?.mails ?? []).map(({ ask }) => ask),
    ];
    const people = [
      ...(typed.person === '' ? [] : [typed.person]),
      ...(rung === undefined ? [] : [rung.person, rung.about ?? rung.person]),
      ...(preview?.told ?? []).map(({ person }) => person),
      ...(preview?.mails ?? []).flatMap(({ person, about = person }) => [person, about]),
    ];
    const [first] = preview?.told ?? [];
    const named = {
      ...(typed.person === '' ? {} : { person: typed.person }),
      ...(choosesPeople(name) ? { choosing: true } : {}),
      ...{ asks: [...new Set(asks)], people: [...new Set(people)] },
      ...(ref !== undefined && 'row' in ref ? { mail: ref.row } : {}),
      ...(isWritten(name) ? { audience: true } : {}),
      ...(isWritten(name) && first !== undefined ? { message: { subject: typed.subject, body: typed.text, person: first.person } } : {}),
    };
    if ('message' in named) loosen(c, 'mail');
    const known = await backend.actPage(c.req.param('edition') ?? '', named);
    if (known === undefined) return nothing(c);
    return show(c, <ActPageView locale={localeOf(c, viewer)} viewer={viewer} page={known} {...shown} />, status);
  }

  /** An act in an edition; one on people changes addresses and rights, and asks who one is. */
  const acting =
    (work: (c: Context, viewer: Viewer, name: ActName) => Promise<Response>) =>
    (c: Context, viewer: Viewer, _where: Where): Promise<Response> | Response => {
      const name = c.req.param('act') ?? '';
      if (!isActName(name)) return c.notFound();
      return isPeopleAct(name) ? proven((c, viewer) => work(c, viewer, name))(c, viewer) : work(c, viewer, name);
    };

  app.get(
    path,
    inEdition(
      'edition.act',
      acting(async (c, viewer, name) => {
        const typed = typedOf(c.req.query());
        const read = readAct({ act: name, ...typed }, { needsReason: false });
        if (!read.ok)
          return read.problems.some(({ field }) => isGiven(field))
            ? c.notFound()
            : page(c, viewer, { name, typed, problems: read.problems });
        const preview = await backend.previewAct({ ...read, edition: c.req.param('edition') ?? '', actor: actorOf(viewer.account) });
        if (preview === 'unknown') return c.notFound();
        return preview === 'busy' ? page(c, viewer, { name, typed, note: 'busy' }, 503) : page(c, viewer, { name, typed, preview });
      }),
    ),
  );
  app.post(
    path,
    inEdition(
      'edition.act',
      acting(async (c, viewer, name) => {
        const raw = await posted(c, isWritten(name) ? writtenForm : shortForm);
        const typed = typedOf(raw);
        const id = c.req.param('edition') ?? '';
        const seeing = isPersonal(name) && oneOf(raw, 'see') !== ''; // what is personal is posted to be seen, too
        const read = readAct({ act: name, ...typed }, { needsReason: !seeing });
        const wanted = read.ok ? read : readAct({ act: name, ...typed }, { needsReason: false });
        if (!wanted.ok)
          return wanted.problems.some(({ field }) => isGiven(field))
            ? c.notFound()
            : page(c, viewer, { name, typed, problems: wanted.problems }, 422);
        const act = { edition: id, spec: wanted.spec, reason: wanted.reason, actor: actorOf(viewer.account) };
        const { basis, request } = { basis: oneOf(raw, 'basis'), request: requestIn(raw.request) };
        const done = read.ok && !seeing ? await backend.act({ ...act, basis, ...request }) : undefined;
        if (done === 'unknown') return c.notFound();
        if (done === 'busy') return page(c, viewer, { name, typed, note: 'busy' }, 503);
        if (done?.ok) return c.redirect(`/editions/${id}${leadsTo(name)}done=${name}`, 303);
        if (done !== undefined && 'moved' in done) return page(c, viewer, { name, typed, preview: done.moved, note: 'moved' }, 409);
        const preview = await backend.previewAct(act);
        if (preview === 'unknown') return c.notFound();
        if (preview === 'busy') return page(c, viewer, { name, typed, note: 'busy' }, 503);
        const status = seeing ? 200 : done !== undefined && done.refused.code === 'advancing' ? 409 : 422;
        return page(c, viewer, { name, typed, preview, problems: read.ok ? [] : read.problems }, status);
      }),
    ),
  );
  const placeOf = (c: Context, raw: Raw) =>
    backend.placeFor({ edition: c.req.param('edition') ?? '', ask: oneOf(raw, 'ask'), person: oneOf(raw, 'person') });
  app.get(
    `/editions/${edition}/answer-for`,
    inEdition('edition.act', async (c, viewer) => {
      const view = await placeOf(c, c.req.query());
      if (view === undefined) return c.notFound();
      if (standingOf(view) !== 'open') return c.redirect(`/editions/${view.edition.id}`, 303);
      return show(c, <AnswerForPage locale={localeOf(c, viewer)} viewer={viewer} view={view} />);
    }),
  );
  app.post(
    `/editions/${edition}/answer-for`,
    inEdition('edition.act', async (c, viewer) => {
      const { ask, person, 'for-reason': given, ...raw } = await posted(c, anyForm);
      const view = await placeOf(c, { ask: ask ?? '', person: person ?? '' });
      if (view === undefined) return c.notFound();
      const locale = localeOf(c, viewer);
      const reason = tidy([given ?? ''].flat()[0] ?? '').slice(0, 2_000);
      const of = { edition: view.edition.id, ask: view.ask.id, person: view.person.id };
      const done = isReason(reason) ? await backend.answerFor({ ...of, raw, reason, actor: actorOf(viewer.account) }) : undefined;
      if (done?.ok) return c.redirect(`/editions/${of.edition}?done=answer-for`, 303);
      if (done !== undefined && done.reason !== 'invalid') return c.redirect(`/editions/${of.edition}?done=${done.reason}`, 303);
      const problems = done?.problems ?? [];
      return show(
        c,
        <AnswerForPage {...{ locale, viewer, view, reason, problems }} posted={raw} withoutReason={done === undefined} />,
        422,
      );
    }),
  );
  app.post(
    `/api/editions/${edition}/acts`,
    inEdition('edition.act', async (c, viewer) => {
      const given = await postedJson(c, shortForm);
      const previewing = c.req.query('preview') === '1';
      const read = given === undefined ? undefined : readAct(given, { needsReason: !previewing });
      if (given === undefined || read === undefined) return c.json({ error: 'a JSON object is expected' }, 400);
      if (!read.ok)
        return c.json({ error: 'not an act', problems: read.problems.map(({ field, message }) => ({ field, message: message.en })) }, 400);
      if (isPeopleAct(read.spec.act)) {
        const asked = await proven((c) => c.body(null))(c, viewer);
        if (asked.status === 403) return asked;
      }
      const act = { edition: c.req.param('edition') ?? '', spec: read.spec, reason: read.reason, actor: actorOf(viewer.account) };
      if (previewing) {
        const preview = await backend.previewAct(act);
        if (preview === 'busy') return c.json({ error: 'busy' }, 503);
        return preview === 'unknown' ? c.json({ error: 'no such ask' }, 404) : c.json(preview);
      }
      const { basis } = given;
      const done = await backend.act({ ...act, ...(typeof basis === 'string' ? { basis } : {}), ...requestIn(given.request) });
      if (done === 'busy') return c.json({ error: 'busy' }, 503);
      if (done === 'unknown') return c.json({ error: 'no such ask' }, 404);
      if (done.ok) return c.json({ act: read.spec.act, done: true });
      if ('moved' in done) return c.json(done.moved, 409);
      return c.json({ act: read.spec.act, refused: done.refused }, done.refused.code === 'advancing' ? 409 : 422);
    }),
  );
  return app;
}

/** Where somebody is led once an act is done. */
function leadsTo(name: ActName): string {
  if (isAboutMail(name)) return `/mails?view=${viewAfter[name]}&`;
  return isPeopleAct(name) ? '/people?' : '?';
}

/** The id under which an act is asked for, where it is one: 8 to 64 letters, digits, dashes. */
const requestIn = (given: unknown): { request?: string } =>
  typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? { request: given } : {};
/** Acts on mails lead back to their list. */
const viewAfter = { hold: 'waiting', release: 'coming', resend: 'coming', message: 'coming' } as const;
const isAboutMail = (name: ActName): name is keyof typeof viewAfter => Object.hasOwn(viewAfter, name);

/** The fields of an act's page, as they were typed; a length is a number and its unit there. */
function typedOf(raw: Readonly<Record<string, string | string[] | undefined>>): TypedAct {
  const one = (name: string) => (name === 'whom' ? [raw[name] ?? ''].flat().join(',') : ([raw[name] ?? ''].flat()[0] ?? ''));
  const fields = Object.fromEntries([...ACT_FIELDS, 'reason' as const].map((field) => [field, one(field)])) as TypedAct; // one of each name
  return one('n') === '' ? fields : { ...fields, length: `${one('n')}${one('unit')}` };
}
