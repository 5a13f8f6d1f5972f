/** A person's place in an ask: opened from a mail, read with GET, answered with POST and with nothing else. */

import { type Context, Hono } from 'hono';
import { isAddress, isSameAddress } from '../../domain/address.js';
import { unsendable } from '../../domain/asks/forms.js';
import { isDelegable } from '../../domain/kinds/index.js';
import { tidy } from '../../domain/text.js';
import { labelled } from '../../domain/typography.js';
import type { AskView } from '../../domain/view.js';
import type { ActResult, Backend, Raw } from '../backend.js';
import { SignInPage } from '../console/access.js';
import { cookieOf, endCookie, keepCookie } from '../cookies.js';
import { fromOf, idPattern, limitOf, posted, postedFrom, readerLocale, shortForm, show, typedIn } from '../http.js';
import { AbsentPage, type PersonProblem } from '../pages/absent.js';
import { formOf } from '../pages/answers.js';
import { ApplyPage, AskPage, type AskPageProps } from '../pages/ask.js';
import { AnnouncedPage, ClosedPage, type ClosedPageProps } from '../pages/closed.js';
import { DocumentPage } from '../pages/document.js';
import { oneOf, problemInWords, problemLine } from '../pages/form.js';
import { InterviewsReadPage } from '../pages/interviews.js';
import { LettersPage } from '../pages/letters.js';
import { outlineOf } from '../pages/outline.js';
import { CookiesPage, ErrorPage, LeftPage, LinkPage, LinkSentPage } from '../pages/plain.js';
import { standingOf } from '../pages/standing.js';
import type { WebOptions } from '../security.js';
import { providersOf } from '../session.js';
import { wordsOf } from '../words/index.js';

/** Keeps a link's seal in a cookie that only this request's pages receive, until the browser closes. */
export function keepLink(c: Context, { request, mac, secure }: { request: string; mac: string; secure: boolean }): void {
  keepCookie(c, 'link', { value: mac, of: request, secure });
}

/** Whether a link, or the start of an application, has just sent somebody here: the cookie that was set then is here too, unless it is refused. */
const justOpened = (c: Context): boolean => c.req.query('opened') !== undefined || c.req.query('started') !== undefined;

/** Whether it is the page's script that asks: it shows a sentence, not a page. */
const isSilent = (c: Context): boolean => c.req.header('accept') === 'application/json';

/** The routes under `/a` (links in mails) and `/r` (clean addresses). */
export function requestRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const id = `:request{${idPattern}}`;

  const sealed = async (c: Context, request: string): Promise<AskView | undefined> => {
    const mac = cookieOf(c, 'link', options);
    if (mac === undefined || (await backend.checkLink(request, mac)) !== 'ok') return undefined;
    return backend.request(request);
  };
  /**
   * Where a second factor is required, what is asked of a coordinator needs it too: their own session, in which it was shown. It opens no place that
   * the link does not.
   */
  const lacksFactor = async (c: Context, { person }: AskView): Promise<'session' | 'factor' | undefined> => {
    if (options.needsFactor !== true || person.role !== 'coordinator') return undefined;
    const session = cookieOf(c, 'session', options);
    const viewer = session === undefined ? undefined : await backend.viewer(session);
    if (viewer === undefined || !isSameAddress(viewer.email, person.email)) return 'session';
    return viewer.strong ? undefined : 'factor';
  };
  /** The view, if the cookie opens it, and the session where one is needed. */
  const opened = async (c: Context, request: string): Promise<AskView | undefined> => {
    const view = await sealed(c, request);
    return view === undefined || (await lacksFactor(c, view)) !== undefined ? undefined : view;
  };
  /** Without its cookie: the way to a link, with what was typed; or why the link that was just opened does not help. */
  const locked = async (c: Context, request: string) => {
    const locale = readerLocale(c);
    if (isSilent(c)) return c.json({ kept: false, say: wordsOf(locale).page.keepLocked }, 403);
    const view = await sealed(c, request);
    const lacks = view === undefined ? undefined : await lacksFactor(c, view);
    if (lacks === 'factor') return c.redirect('/account/factor', 303);
    if (lacks === 'session') {
      const typed = await typedIn(c);
      return show(c, <SignInPage locale={locale} wanted={`/r/${request}`} providers={providersOf(c, backend)} needed typed={typed} />, 401);
    }
    const refusesCookies = justOpened(c) && cookieOf(c, 'link', options) === undefined;
    return show(
      c,
      refusesCookies ? <CookiesPage locale={locale} /> : <LinkPage locale={locale} request={request} typed={await typedIn(c)} />,
      403,
    );
  };

  /** What was posted to the form of a view, as much of it as the form may hold. */
  const postedTo = async (c: Context, view: AskView) => postedFrom(c, limitOf(formOf(view).fields));
  const over = async (c: Context, props: ClosedPageProps, status: 200 | 409 = 200) =>
    show(c, <ClosedPage {...props} reading={await backend.reading(props.view)} />, status);

  /** A diagnosis that nobody has begun starts from the interviews. */
  const startOf = async (view: AskView): Promise<Raw | undefined> => {
    const { ask, draft, former, person } = view;
    if (ask.kind !== 'document' || ask.step !== 'diagnosis' || draft !== undefined || former !== undefined) return undefined;
    const part = await backend.interviewsRead(view, 0);
    return part === undefined || part.interviews.length === 0 ? undefined : { body: outlineOf(part, person.locale) };
  };

  /** The page of an open ask, whatever its kind. */
  const form = async (c: Context, props: AskPageProps, status: 200 | 409 | 422 = 200) => {
    const { view, posted } = props;
    // what is wrong with a draft is said when it is opened again, not only once it is sent
    const problems = props.problems ?? (posted === undefined && view.draft ? unsendable(formOf(view).fields, view.draft) : []);
    if (view.ask.kind === 'apply') return show(c, <ApplyPage {...props} problems={problems} />, status);
    const tracked = `${options.baseUrl}/call/${view.edition.id}?relay=${encodeURIComponent(view.person.id)}`;
    const reading = await backend.reading(view);
    const start = posted === undefined ? await startOf(view) : undefined;
    return show(
      c,
      <AskPage
        {...props}
        problems={problems}
        reading={reading}
        start={start}
        {...(view.ask.kind === 'relay' ? { relayLink: tracked } : {})}
      />,
      status,
    );
  };

  /** What is shown when an act was refused: the form again, or how the ask ended, always with what was typed. */
  const refused = async (
    c: Context,
    view: AskView,
    { raw, from }: { raw: Raw; from?: number },
    result: Extract<ActResult, { ok: false }>,
  ) => {
    switch (result.reason) {
      case 'invalid':
      case 'address':
        return form(c, { view, posted: raw, problems: result.problems ?? [], version: from }, 422);
      case 'unknown':
        return locked(c, view.request);
      case 'newer': {
        const { newer } = wordsOf(view.person.locale).page.twoTexts;
        return form(c, { view: (await backend.request(view.request)) ?? view, notice: newer }, 409);
      }
      case 'closed':
      case 'late':
      case 'already-answered': {
        const now = (await backend.request(view.request)) ?? view;
        return over(c, { view: now, refused: result, posted: raw }, 409);
      }
    }
  };

  app.get(`/a/${id}/:mac{[A-Za-z0-9_=-]{1,256}}`, async (c) => {
    const { request, mac } = c.req.param();
    if ((await backend.checkLink(request, mac)) !== 'ok') return locked(c, request);
    keepLink(c, { request, mac, secure: options.secure });
    return c.redirect(`/r/${request}?opened`, 303);
  });

  app.get(`/r/${id}`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    if (c.req.query('opened') !== undefined) return c.redirect(`/r/${request}`, 303);
    switch (standingOf(view)) {
      case 'announced':
        return show(c, <AnnouncedPage view={view} />);
      case 'closed':
      case 'late':
      case 'suspended':
        return over(c, { view, ...(view.draft ? { posted: view.draft } : {}) });
      case 'open': {
        const { page, call } = wordsOf(view.person.locale);
        if (c.req.query('started') !== undefined) return form(c, { view, notice: call.started(view.person.email) });
        return form(c, { view, ...(c.req.query('kept') === undefined ? {} : { notice: page.kept }) });
      }
    }
  });

  app.post(`/r/${id}`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    const posted = await postedTo(c, view);
    const { raw } = posted;
    if (standingOf(view) === 'late') return refused(c, view, posted, { ok: false, reason: 'late' });
    const result =
      view.ask.kind === 'apply' ? await backend.saveApplication({ request, raw, submit: true }) : await backend.answer({ request, raw });
    return result.ok ? c.redirect(`/r/${request}`, 303) : refused(c, view, posted, result);
  });

  /** Keeps what was posted as a draft. */
  const keep = async (view: AskView, posted: { raw: Raw; from?: number }): Promise<ActResult> => {
    const standing = standingOf(view);
    if (standing !== 'open') return { ok: false, reason: standing === 'late' ? 'late' : 'closed' };
    const { request } = view;
    return view.ask.kind === 'apply'
      ? backend.saveApplication({ request, ...posted, submit: false })
      : backend.saveDraft({ request, ...posted });
  };

  app.post(`/r/${id}/draft`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    const posted = await postedTo(c, view);
    const result = await keep(view, posted);
    if (!isSilent(c)) return result.ok ? c.redirect(`/r/${request}?kept`, 303) : refused(c, view, posted, result);
    const { page } = wordsOf(view.person.locale);
    if (!result.ok) {
      const newer = result.reason === 'newer';
      return c.json({ kept: false, newer, say: newer ? page.twoTexts.newer : page.keepFailed }, 409);
    }
    const drawn = { ...formOf(view), locale: view.person.locale };
    const wrong = unsendable(drawn.fields, posted.raw).map((problem) => problemLine(problem, drawn));
    const say = wrong.length === 0 ? page.kept : `${page.kept} ${page.beforeSending(wrong.join(' ; '))}`;
    return c.json({ kept: true, version: result.version, say });
  });

  app.post(`/r/${id}/draft/other`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    const posted = await postedTo(c, view);
    const kept = await keep(view, posted);
    const result = kept.ok ? await backend.swapDraft(request) : kept;
    return result.ok ? c.redirect(`/r/${request}?kept`, 303) : refused(c, view, posted, result);
  });

  app.post(`/r/${id}/fresh-link`, async (c) => {
    const typed = await typedIn(c);
    await backend.freshLink(c.req.param('request'));
    return show(c, <LinkSentPage locale={readerLocale(c)} typed={typed} />, 202);
  });

  app.get(`/r/${id}/absent`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    if (standingOf(view) !== 'open' || !isDelegable(view.ask.kind)) return c.redirect(`/r/${request}`, 303);
    return show(c, <AbsentPage view={view} />);
  });

  app.post(`/r/${id}/absent`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    if (!isDelegable(view.ask.kind)) return c.redirect(`/r/${request}`, 303);
    const raw = await posted(c, shortForm);
    const [name, email] = [tidy(oneOf(raw, 'name')), tidy(oneOf(raw, 'email'))];
    const { locale } = view.person;
    const { page } = wordsOf(locale);
    const required = (label: string) => labelled(label, problemInWords('required', locale), locale);
    const addressProblem: PersonProblem = { field: 'email', message: labelled(page.absent.email, page.errors.address, locale) };
    const taken: PersonProblem = { field: 'email', message: labelled(page.absent.email, page.absent.taken, locale) };
    const problems: PersonProblem[] = [
      ...(name === '' ? [{ field: 'name' as const, message: required(page.absent.name) }] : []),
      ...(email === '' ? [{ field: 'email' as const, message: required(page.absent.email) }] : isAddress(email) ? [] : [addressProblem]),
    ];
    if (problems.length > 0) return show(c, <AbsentPage view={view} name={name} email={email} problems={problems} />, 422);
    const result = await backend.delegate({ request, name, email });
    if (result.ok) return c.redirect(`/r/${request}`, 303);
    if (result.reason === 'address' || result.reason === 'invalid') {
      const named = result.problems?.find(({ field }) => field === 'name')?.problem;
      const found: PersonProblem =
        named === undefined ? taken : { field: 'name', message: labelled(page.absent.name, problemInWords(named, locale), locale) };
      return show(c, <AbsentPage view={view} name={name} email={email} problems={[found]} />, 422);
    }
    return refused(c, view, { raw }, result);
  });

  app.post(`/r/${id}/correct`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    await backend.correct(request); // refused: the page says why
    return c.redirect(`/r/${request}`, 303);
  });

  app.post(`/r/${id}/take-back`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    await backend.takeBack(request); // refused: the page says why
    return c.redirect(`/r/${request}`, 303);
  });

  app.post(`/r/${id}/leave`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    endCookie(c, 'link', { of: request, secure: options.secure });
    return show(c, <LeftPage locale={view?.person.locale ?? readerLocale(c)} />);
  });

  app.get(`/r/${id}/document/:n{[0-9]{1,3}}`, async (c) => {
    const view = await opened(c, c.req.param('request'));
    if (view === undefined) return locked(c, c.req.param('request'));
    const document = view.documents[Number(c.req.param('n')) - 1];
    if (document === undefined) return show(c, <ErrorPage locale={view.person.locale} what="notFound" />, 404);
    const before = document.version > 1 && document.hash !== '' ? await backend.versionBefore(view, document.hash) : undefined;
    return show(
      c,
      <DocumentPage view={view} n={c.req.param('n')} document={document} before={before} changes={c.req.query('changes') !== undefined} />,
    );
  });

  app.get(`/r/${id}/letters`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    const from = fromOf(c);
    const part = await backend.lettersRead(view, from);
    if (part === undefined) return show(c, <ErrorPage locale={view.person.locale} what="notFound" />, 404);
    return show(c, <LettersPage view={view} part={part} from={from} />);
  });

  app.get(`/r/${id}/interviews`, async (c) => {
    const request = c.req.param('request');
    const view = await opened(c, request);
    if (view === undefined) return locked(c, request);
    const from = fromOf(c);
    const part = await backend.interviewsRead(view, from);
    if (part === undefined) return show(c, <ErrorPage locale={view.person.locale} what="notFound" />, 404);
    return show(c, <InterviewsReadPage view={view} part={part} from={from} />);
  });

  return app;
}
