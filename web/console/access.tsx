/** The ways into the console. What is read enters nobody: a mail scanner that opens a link burns nothing, and one that posts it is in another browser. */
import type { Child } from 'hono/jsx';
import { may } from '../../domain/rights.js';
import type { Locale } from '../../domain/words.js';
import type { Provider, ProviderRefusal, Viewer } from '../access.js';
import type { Raw } from '../backend.js';
import { PlainPage } from '../pages/plain.js';
import { wordsOf } from '../words/index.js';
import { Field } from './field.js';

interface Ways {
  locale: Locale;
  /** Where somebody is led once they are in: a path of ours. */
  wanted: string;
  providers: readonly Provider[];
}

/** Where somebody was going, in a form. */
export const Wanted = ({ wanted }: Pick<Ways, 'wanted'>) => (wanted === '/' ? null : <input type="hidden" name="to" value={wanted} />);

function Providers({ locale, wanted, providers, again = false }: Ways & { again?: boolean }) {
  const { signIn: words } = wordsOf(locale).access;
  if (providers.length === 0) return null;
  return (
    <>
      <h2>{words.or}</h2>
      {providers.map(({ id, name }) => (
        <form method="post" action={`/sign-in/with/${id}`}>
          <Wanted wanted={wanted} />
          {again ? <input type="hidden" name="again" value="" /> : null}
          <button type="submit" class="quiet">
            {words.with(name)}
          </button>
        </form>
      ))}
    </>
  );
}

/** Where somebody asks to enter; `needed`: a page that is for whoever is in sent them; `out`: they have just left; `email`: what they typed, which is no address. */
export function SignInPage({
  needed = false,
  out = false,
  email,
  typed,
  ...ways
}: Ways & { needed?: boolean; out?: boolean; email?: string; typed?: Raw | undefined }) {
  const { locale, wanted } = ways;
  const { signIn: words } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={needed ? `${words.needed}\n\n${words.lead}` : words.lead} typed={typed}>
      {out ? (
        <p class="notice" role="status">
          {wordsOf(locale).access.out.title}
        </p>
      ) : null}
      <form method="post" action="/sign-in" novalidate>
        <Wanted wanted={wanted} />
        <Field
          name="email"
          type="email"
          label={words.email}
          locale={locale}
          autocomplete="email"
          value={email ?? ''}
          problem={email === undefined ? undefined : words.address}
        />
        <button type="submit">{words.button}</button>
      </form>
      <Providers {...ways} />
      <p class="small">{words.other}</p>
    </PlainPage>
  );
}

/** Said once a link has left, or would have: the same whoever has the address. The code that it shows elsewhere is typed here. */
export function LinkSentPage({ locale, email, wrong = false }: { locale: Locale; email?: string; wrong?: boolean }) {
  const { sent: words } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={email === undefined ? '' : words.lead(email)}>
      <p>{words.elsewhere}</p>
      <form method="post" action="/sign-in/code" novalidate>
        <Field
          name="code"
          type="code"
          label={words.code}
          locale={locale}
          autocomplete="one-time-code"
          problem={wrong ? words.wrong : undefined}
        />
        <button type="submit">{words.button}</button>
      </form>
      <p class="small">
        {words.again} <a href="/sign-in">{words.ask}</a>.
      </p>
    </PlainPage>
  );
}

/** The page of a link that opens the console here, at the press of its button. Whether a one-time key is good is only known once it is used. */
export function EnterPage({ locale, action }: { locale: Locale; action: string }) {
  const { enter: words } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={words.lead}>
      <form method="post" action={action}>
        <button type="submit">{words.button}</button>
      </form>
    </PlainPage>
  );
}

/** The page of a link that was asked for in another browser: the code to type there, and nothing else. */
export function CodePage({ locale, code }: { locale: Locale; code: string }) {
  const { code: words } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={words.lead}>
      <p class="big num">{code.replace(/(...)/, '$1 ')}</p>
      <p>
        <strong>{words.warning}</strong>
      </p>
      <p class="small">
        {words.here} <a href="/sign-in">{words.ask}</a>.
      </p>
    </PlainPage>
  );
}

const AskAgain = ({ children }: { children?: Child }) => (
  <p>
    <a class="button" href="/sign-in">
      {children}
    </a>
  </p>
);

/** A link that was used, or is too old; without the right to do something; a provider whose answer let nobody in. */
export function RefusedPage({ locale, why, typed }: { locale: Locale; why: 'gone' | 'right' | ProviderRefusal; typed?: Raw | undefined }) {
  const { gone, right, provider } = wordsOf(locale).access;
  if (why === 'right') return <PlainPage locale={locale} title={right.title} body={right.lead} typed={typed} />;
  if (why === 'gone')
    return (
      <PlainPage locale={locale} title={gone.title} body={gone.lead}>
        <AskAgain>{gone.ask}</AskAgain>
      </PlainPage>
    );
  return (
    <PlainPage locale={locale} title={provider.title} body={provider.reasons[why]}>
      <AskAgain>{provider.again}</AskAgain>
    </PlainPage>
  );
}

/** Said once one is out of the console, to whoever came in by a provider: they are still in there. */
export function SignedOutPage({ locale, next }: { locale: Locale; next: string }) {
  const { out: words } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={words.lead}>
      <p>
        <a class="button" href={next}>
          {words.button}
        </a>
      </p>
    </PlainPage>
  );
}

function FactorForm({
  locale,
  problem,
  wanted = '/',
  confirming = false,
}: {
  locale: Locale;
  problem?: 'wrong' | 'too-often' | undefined;
  wanted?: string;
  confirming?: boolean;
}) {
  const { factor: words, confirm } = wordsOf(locale).access;
  return (
    <form method="post" action={confirming ? `/sign-in/factor?lang=${locale}` : '/sign-in/factor'} novalidate>
      <Wanted wanted={wanted} />
      <Field
        name="code"
        label={words.code}
        locale={locale}
        autocomplete="one-time-code"
        problem={problem === undefined ? undefined : problem === 'wrong' ? words.wrong : words.tooOften}
      />
      <button type="submit">{confirming ? confirm.button : words.button}</button>
    </form>
  );
}

/** Where the second factor is shown. */
export function FactorPage({ locale, problem, wanted }: { locale: Locale; problem?: 'wrong' | 'too-often'; wanted?: string }) {
  const { factor: words } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={words.lead}>
      <FactorForm locale={locale} problem={problem} {...(wanted === undefined ? {} : { wanted })} />
      <p class="small">{words.lost}</p>
    </PlainPage>
  );
}

/** Before rights or addresses change, to whoever came in long ago: the proof that they can give now. */
export function ConfirmPage({ viewer, typed, ...ways }: Ways & { viewer: Viewer; typed?: Raw | undefined }) {
  const { locale, wanted } = ways;
  const { confirm: words, factor } = wordsOf(locale).access;
  return (
    <PlainPage locale={locale} title={words.title} body={words.lead} typed={typed}>
      {viewer.factor ? (
        <>
          <p>{factor.lead}</p>
          <FactorForm locale={locale} wanted={wanted} confirming />
        </>
      ) : (
        <form method="post" action={`/sign-in?lang=${locale}`}>
          <Wanted wanted={wanted} />
          <input type="hidden" name="email" value={viewer.email} />
          <button type="submit">{words.mail(viewer.email)}</button>
        </form>
      )}
      <Providers {...ways} again />
      <p>
        <a href={wanted}>{words.back}</a>
      </p>
    </PlainPage>
  );
}

/** The menu of the console's header: where one can look and go, who is in, and the way out. `edition`: the one whose page it is; `searches`: left out where the page itself does. */
export function Menu({
  locale,
  viewer,
  edition,
  searches = true,
}: {
  locale: Locale;
  viewer: Viewer;
  edition?: string;
  searches?: boolean;
}) {
  const { console: words, search } = wordsOf(locale);
  return (
    <>
      {searches ? (
        <form method="post" action="/search" class="push find">
          <input type="search" name="q" maxlength={200} autocomplete="off" aria-label={search.label} />
          {edition === undefined ? null : <input type="hidden" name="edition" value={edition} />}
          <button type="submit" class="quiet">
            {search.button}
          </button>
        </form>
      ) : null}
      <a class={searches ? '' : 'push'} href="/">
        {words.editions}
      </a>
      {may(viewer.held, 'alerts.see') ? <a href="/engine">{wordsOf(locale).engine.menu}</a> : null}
      {may(viewer.held, 'accounts') ? <a href="/accounts">{words.accounts}</a> : null}
      <a href="/account" aria-label={`${words.account} : ${viewer.name}`}>
        {viewer.name}
      </a>
      <form method="post" action="/sign-out">
        <button type="submit" class="link">
          {words.signOut}
        </button>
      </form>
    </>
  );
}
