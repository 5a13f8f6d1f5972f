/** The public call for applications, and the start of an application. */

import { type Context, Hono } from 'hono';
import { isAddress } from '../../domain/address.js';
import type { FieldProblem } from '../../domain/asks/forms.js';
import { tidy } from '../../domain/text.js';
import type { Backend } from '../backend.js';
import { idPattern, posted, readerLocale, shortForm, show } from '../http.js';
import { networkOf } from '../network.js';
import type { PersonProblem } from '../pages/absent.js';
import { CallPage, CallSentPage, type Start, StartForgottenPage, StartGonePage, StartPage } from '../pages/call.js';
import { oneOf, problemInWords } from '../pages/form.js';
import type { WebOptions } from '../security.js';
import { wordsOf } from '../words/index.js';
import { keepLink } from './request.js';

const relayPattern = new RegExp(`^${idPattern}$`);
const relayOf = (given: unknown): { relay?: string } => (typeof given === 'string' && relayPattern.test(given) ? { relay: given } : {});

/** The routes under `/call`, and under `/b`: where an application begins, behind the link that was mailed. */
export function callRoutes(backend: Backend, { secure, proxies }: WebOptions): Hono {
  const app = new Hono();
  const path = `/call/:edition{${idPattern}}`;

  app.get(path, async (c) => {
    const call = await backend.call(c.req.param('edition'));
    if (call === undefined) return c.notFound();
    return show(c, <CallPage call={call} {...relayOf(c.req.query('relay'))} />);
  });

  app.post(path, async (c) => {
    const edition = c.req.param('edition');
    const call = await backend.call(edition);
    if (call === undefined) return c.notFound();
    const raw = await posted(c, shortForm);
    const text = (name: keyof Start) => tidy(oneOf(raw, name));
    const typed: Start = { name: text('name'), email: text('email'), title: text('title') };
    const relay = relayOf(raw.relay);
    const { call: words, page } = wordsOf(call.edition.locale);
    const again = (problems: PersonProblem[], status: 422 | 409) =>
      show(c, <CallPage call={call} typed={typed} problems={problems} {...relay} />, status);
    const missing = (['name', 'email', 'title'] as const).filter((field) => typed[field] === '');
    const wrongAddress: PersonProblem = { field: 'email', message: `${words.email} : ${page.errors.address}` };
    const problems: PersonProblem[] = [
      ...missing.map((field) => ({ field, message: `${words[field]} : ${problemInWords('required', call.edition.locale)}` })),
      ...(typed.email !== '' && !isAddress(typed.email) ? [wrongAddress] : []),
    ];
    const refusedFields = (found: FieldProblem[]) => {
      const named = (['name', 'email', 'title'] as const).flatMap((field): PersonProblem[] => {
        const problem = found.find((one) => one.field === field)?.problem;
        return problem === undefined ? [] : [{ field, message: `${words[field]} : ${problemInWords(problem, call.edition.locale)}` }];
      });
      return named.length > 0 ? named : [wrongAddress];
    };
    if (call.state !== 'open') return again([], 409);
    if (problems.length > 0) return again(problems, 422);
    const result = await backend.askToApply({ edition, ...typed, ...relay, network: networkOf(c, { proxies }) });
    if (!result.ok) {
      if (result.reason === 'address') return again([wrongAddress], 422);
      if (result.reason === 'invalid') return again(refusedFields(result.problems ?? []), 422);
      const now = (await backend.call(edition)) ?? call;
      return show(c, <CallPage call={{ ...now, state: now.state === 'open' ? 'closed' : now.state }} typed={typed} />, 409);
    }
    return show(c, <CallSentPage call={call} email={typed.email} />, 202);
  });

  const link = `/b/:id{${idPattern}}/:mac{[A-Za-z0-9_=-]{1,256}}`;
  /** What was typed for a link, with its call: it is opened to begin, which only a POST does. */
  const opened = async (c: Context) => {
    const { id = '', mac = '' } = c.req.param();
    const start = await backend.start({ id, mac });
    const call = start === undefined ? undefined : await backend.call(start.edition);
    return start === undefined || call === undefined ? undefined : { id, start, call };
  };
  const gone = (c: Context) => show(c, <StartGonePage locale={readerLocale(c)} />, 404);

  app.get(link, async (c) => {
    const found = await opened(c);
    return found === undefined ? gone(c) : show(c, <StartPage {...found} action={c.req.path} />);
  });

  app.post(link, async (c) => {
    const found = await opened(c);
    if (found === undefined) return gone(c);
    const begun = await backend.beginApplication(found.id);
    if (!begun.ok || begun.request === undefined || begun.mac === undefined)
      return show(c, <StartPage {...found} call={{ ...found.call, state: 'closed' }} action={c.req.path} />, 409);
    keepLink(c, { request: begun.request, mac: begun.mac, secure });
    return c.redirect(`/r/${begun.request}?started`, 303);
  });

  app.post(`${link}/not-me`, async (c) => {
    const found = await opened(c);
    if (found === undefined) return gone(c);
    await backend.forgetApplication(found.id);
    return show(c, <StartForgottenPage call={found.call} />);
  });

  return app;
}
