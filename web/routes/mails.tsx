/** The mails of an edition: lists of them, and one as it was or would be written. */
import { Hono } from 'hono';
import { clean } from '../../domain/clean.js';
import { may } from '../../domain/rights.js';
import { MAIL_VIEWS, VIEW_STATES } from '../../store/maillist.js';
import type { Backend, MailQuery } from '../backend.js';
import { MailPageView } from '../console/mail.js';
import { MailsPage } from '../console/mails.js';
import { tabsOf } from '../console/tabs.js';
import { fromOf, idPattern, show } from '../http.js';
import { loosen, type WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** What leads back to the list. */
const doneHere = ['hold', 'release', 'resend', 'message'] as const;

/** The routes of mails: `/editions/ID/mails`. */
export function mailRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const edition = `:edition{${idPattern}}`;
  const { inEdition, nothing } = guards(backend, options);

  app.get(
    `/editions/${edition}/mails/:mail{${idPattern}}`,
    inEdition('edition.mails', async (c, viewer, where) => {
      const { edition: id = '', mail = '' } = c.req.param();
      const letter = await backend.mail(id, mail === 'coming' ? (c.req.query('mail') ?? '') : mail);
      if (letter === undefined) return c.notFound();
      loosen(c, 'mail');
      const mayAct = may(viewer.held, 'edition.act', where);
      return show(c, <MailPageView locale={localeOf(c, viewer)} viewer={viewer} mail={letter} mayAct={mayAct} />);
    }),
  );
  app.get(
    `/editions/${edition}/mails`,
    inEdition('edition.mails', async (c, viewer, where) => {
      const query = queryOf((name) => c.req.query(name), fromOf(c));
      const tabs = tabsOf(viewer.held, where);
      const part = await backend.mails(c.req.param('edition') ?? '', query);
      const done = doneHere.find((one) => one === c.req.query('done'));
      const mayAct = may(viewer.held, 'edition.act', where);
      return part === undefined
        ? nothing(c)
        : show(c, <MailsPage locale={localeOf(c, viewer)} {...{ viewer, tabs, part, query, mayAct, done }} />);
    }),
  );
  return app;
}

/** Which mails an address asks for; what it says that there is not says nothing. */
function queryOf(said: (name: string) => string | undefined, from: number): MailQuery {
  const view = MAIL_VIEWS.find((one) => one === said('view')) ?? 'left';
  const text = (name: string) =>
    clean(said(name) ?? '')
      .trim()
      .slice(0, 200) || undefined;
  const state = VIEW_STATES[view].find((one) => one === said('state'));
  return { view, from, who: text('who'), ask: text('ask'), state };
}
