/** One's own account: its language, where one is in, and the second factor. */

import { raw } from 'hono/html';
import { renderSVG } from 'uqr';
import { instantInWords } from '../../domain/instants.js';
import type { Locale } from '../../domain/words.js';
import type { NewFactor, OpenSession, Provider, Viewer } from '../access.js';
import { Layout } from '../layout.js';
import { Choices } from '../pages/preferences.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Menu, Wanted } from './access.js';
import { Field } from './field.js';

/** Real instants are said by this clock: an account is of no territory. */
const timezone = 'Europe/Paris';

interface Own {
  locale: Locale;
  viewer: Viewer;
}

/** What a table of sessions needs: whose they are is on the page around it. `here`: the one that looks. */
export interface Sessions {
  locale: Locale;
  sessions: readonly OpenSession[];
  here?: string;
  providers: readonly Provider[];
  at: number;
  /** Where the button of one session posts its id. */
  action: string;
  title: string;
}

/** Open sessions: on what, by which way, since when; each with the button that ends it. */
export function SessionTable({ locale, sessions, here, providers, at, action, title }: Sessions) {
  const { sessions: words } = wordsOf(locale).access.account;
  const when = (instant: number) => instantInWords(instant, { at, edition: { timezone } }, locale);
  const way = (given: OpenSession['way']) => {
    if (given === null) return '';
    if (given === 'key' || given === 'mail') return words.ways[given];
    const id = given.slice('openid:'.length);
    return words.ways.openid(providers.find((one) => one.id === id)?.name ?? id);
  };
  const labels = [words.device, words.way, words.since, words.seen];
  return (
    <Table caption={title} hidden cards head={[...labels, <span class="hidden">{words.endButton}</span>]}>
      <Rows
        labels={labels}
        rows={sessions.map((one) => {
          const device = one.device === '' ? words.unknown : one.device;
          return [
            <>
              {device} {one.id === here ? <span class="tag ok">{words.here}</span> : null}
            </>,
            way(one.way),
            when(one.madeAt),
            when(one.seenAt),
            one.id === here ? null : (
              <form method="post" action={action}>
                <button type="submit" class="link" name="session" value={one.id} aria-label={words.end(device, when(one.madeAt))}>
                  {words.endButton}
                </button>
              </form>
            ),
          ];
        })}
      />
    </Table>
  );
}

/** The page; `done`: something was just kept. */
export function AccountPage({
  locale,
  viewer,
  sessions,
  providers,
  codesLeft,
  at,
  done,
}: Own & Pick<Sessions, 'sessions' | 'providers' | 'at'> & { codesLeft: number; done: boolean }) {
  const { account: words } = wordsOf(locale).access;
  return (
    <Layout locale={locale} title={words.title} menu={<Menu locale={locale} viewer={viewer} />}>
      {done ? (
        <p class="notice" role="status">
          {words.done}
        </p>
      ) : null}
      <h1>{words.title}</h1>
      <p class="lead">{viewer.name === viewer.email ? viewer.email : `${viewer.name}, ${viewer.email}`}</p>
      <form class="card" method="post" action="/account/language">
        <Choices
          name="locale"
          {...words.language}
          chosen={locale}
          choices={[
            { value: 'fr', label: words.language.fr, lang: 'fr' },
            { value: 'en', label: words.language.en, lang: 'en' },
          ]}
        />
        <button type="submit">{words.language.button}</button>
      </form>
      <section class="card">
        <h2>{words.sessions.title}</h2>
        <p>{words.sessions.lead}</p>
        <SessionTable
          {...{ locale, sessions, providers, at }}
          here={viewer.session}
          action="/account/sessions"
          title={words.sessions.title}
        />
        {sessions.length > 1 ? (
          <form method="post" action="/account/sessions">
            <button type="submit" class="quiet" name="session" value="others">
              {words.sessions.others}
            </button>
          </form>
        ) : null}
      </section>
      <section class="card" id="factor">
        <h2>{words.factor.title}</h2>
        <p>{words.factor.lead}</p>
        {viewer.factor ? (
          <>
            <p>
              {words.factor.set} {words.factor.left(codesLeft)}
            </p>
            <div class="buttons">
              <form method="post" action="/account/factor/codes">
                <button type="submit" class="quiet">
                  {words.factor.renew}
                </button>
              </form>
              <form method="post" action="/account/factor/remove">
                <button type="submit" class="quiet">
                  {words.factor.remove}
                </button>
              </form>
            </div>
          </>
        ) : (
          <>
            <p>{words.factor.none}</p>
            <Begin locale={locale} />
          </>
        )}
      </section>
    </Layout>
  );
}

const Begin = ({ locale, wanted = '/' }: { locale: Locale; wanted?: string }) => (
  <form method="post" action="/account/factor">
    <Wanted wanted={wanted} />
    <button type="submit">{wordsOf(locale).access.account.factor.begin}</button>
  </form>
);

/** Where a second factor is set up; `needed`: nothing else opens before. `factor`: left out, it was not begun. */
export function NewFactorPage({
  locale,
  viewer,
  factor,
  needed,
  wrong = false,
  wanted,
}: Own & { factor: NewFactor | undefined; needed: boolean; wrong?: boolean; wanted: string }) {
  const { factor: words } = wordsOf(locale).access.account;
  return (
    <Layout locale={locale} title={words.setUp} menu={<Menu locale={locale} viewer={viewer} />}>
      {needed ? null : (
        <p class="small crumbs">
          <a href="/account">{wordsOf(locale).access.account.title}</a>
        </p>
      )}
      <h1>{words.setUp}</h1>
      <div class="card">
        <p>{words.lead}</p>
        {needed ? (
          <p>
            <strong>{words.needed}</strong>
          </p>
        ) : null}
        {factor === undefined ? (
          <Begin locale={locale} wanted={wanted} />
        ) : (
          <>
            <p>{words.scan}</p>
            <div class="qr" role="img" aria-label={words.qr}>
              {raw(renderSVG(factor.uri, { border: 2 }))}
            </div>
            <p>
              {words.secret} <code>{factor.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            </p>
            <form method="post" action="/account/factor/confirm" novalidate>
              <Wanted wanted={wanted} />
              <Field
                name="code"
                type="code"
                label={words.code}
                locale={locale}
                autocomplete="one-time-code"
                problem={wrong ? words.wrong : undefined}
              />
              <button type="submit">{words.confirm}</button>
            </form>
          </>
        )}
      </div>
    </Layout>
  );
}

/** Recovery codes, shown once. */
export function RecoveryCodesPage({ locale, viewer, codes, wanted = '/' }: Own & { codes: readonly string[]; wanted?: string }) {
  const { factor: words } = wordsOf(locale).access.account;
  return (
    <Layout locale={locale} title={words.codesTitle} menu={<Menu locale={locale} viewer={viewer} />}>
      <h1>{words.codesTitle}</h1>
      <div class="card">
        <p>{words.codesLead}</p>
        <ul class="plain">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p>
          <a class="button" href={wanted === '/' ? '/account' : wanted}>
            {words.kept}
          </a>
        </p>
      </div>
    </Layout>
  );
}
