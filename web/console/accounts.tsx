/** Accounts, for whoever administers the installation: who may enter, what they may do, where they are in. */
import { type Held, RIGHTS } from '../../domain/rights.js';
import type { Locale } from '../../domain/words.js';
import type { AccountDone, AccountView, ListedAccount, Provider, Scopes, Viewer } from '../access.js';
import { Layout } from '../layout.js';
import { Pager } from '../pager.js';
import { Needed } from '../pages/form.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { SessionTable } from './account.js';
import { Field } from './field.js';

interface Shown {
  locale: Locale;
  viewer: Viewer;
}

/** Why nothing was done. */
export type AccountProblem = Extract<AccountDone, { ok: false }>['reason'] | 'scope';

const titleOf = (id: string, { editions }: Scopes): string => editions.find((one) => one.id === id)?.title ?? id;

/** A right in words: which, and on what. */
function rightInWords({ right, territory, edition }: Held, { locale, scopes }: { locale: Locale; scopes: Scopes }): string {
  const words = wordsOf(locale).access.accounts;
  const on = edition === undefined ? territory : titleOf(edition, scopes);
  return on === undefined ? words.rights[right] : `${words.rights[right]} · ${on === '*' ? words.everywhere : on}`;
}

/** How a right is written in a form, and read from one: `territory:val-d-oise`, `edition:…`, or `installation`. */
export const scopeOf = ({ territory, edition }: Held): string =>
  territory !== undefined ? `territory:${territory}` : edition !== undefined ? `edition:${edition}` : 'installation';

/** A right that was chosen in a form; undefined where it is none, or is on nothing that it can be on. */
export function heldOf(right: string, scope: string): Held | undefined {
  const known = RIGHTS.find((one) => one === right);
  const [, kind, id = ''] = /^(?:(territory|edition):([\w*-]{1,128})|installation)$/.exec(scope) ?? [];
  if (known === undefined || (known === 'admin') !== (scope === 'installation')) return undefined;
  if (known === 'admin') return { right: known };
  return kind === 'territory' ? { right: known, territory: id } : kind === 'edition' ? { right: known, edition: id } : undefined;
}

/** A right and what it is on, as they were chosen in a form. */
export interface ChosenRight {
  right: string;
  scope: string;
}

function ChooseRight({
  locale,
  scopes,
  none,
  problem,
  chosen,
}: {
  locale: Locale;
  scopes: Scopes;
  none: string;
  problem: boolean;
  chosen: ChosenRight | undefined;
}) {
  const words = wordsOf(locale).access.accounts;
  return (
    <>
      <div class={problem ? 'field wrong' : 'field'}>
        <label class="block" for="f-right">
          {words.right}
        </label>
        <span class="hint" id="f-right-hint">
          {words.rightHint}
        </span>
        {problem ? (
          <span class="problem" id="f-right-problem" role="alert">
            {words.problems.scope}
          </span>
        ) : null}
        <select
          id="f-right"
          name="right"
          aria-describedby={problem ? 'f-right-problem f-right-hint' : 'f-right-hint'}
          aria-invalid={problem ? 'true' : undefined}
          autofocus={problem}
        >
          <option value="">{none}</option>
          {RIGHTS.map((right) => (
            <option value={right} selected={right === chosen?.right}>
              {words.rights[right]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="block" for="f-scope">
          {words.on}
        </label>
        <select id="f-scope" name="scope">
          <option value="installation">{words.installation}</option>
          <optgroup label={words.territories}>
            {scopes.territories.map((id) => (
              <option value={`territory:${id}`} selected={`territory:${id}` === chosen?.scope}>
                {id}
              </option>
            ))}
          </optgroup>
          <optgroup label={wordsOf(locale).console.editions}>
            {scopes.editions.map(({ id, title }) => (
              <option value={`edition:${id}`} selected={`edition:${id}` === chosen?.scope}>
                {title}
              </option>
            ))}
          </optgroup>
        </select>
      </div>
    </>
  );
}

/** What was typed for a new account, and what is wrong with it. */
export interface TriedAccount extends ChosenRight {
  email: string;
  name: string;
  problem: AccountProblem;
}

/** Every account, a page of them; `from`: how many come before. */
export function AccountsPage({
  locale,
  viewer,
  accounts,
  from,
  next,
  scopes,
  tried,
}: Shown & { accounts: readonly ListedAccount[]; from: number; next?: number | undefined; scopes: Scopes; tried?: TriedAccount }) {
  const words = wordsOf(locale).access.accounts;
  const head = [words.who, words.may, words.coordinates, words.state];
  return (
    <Layout locale={locale} title={words.title} wide menu={<Menu locale={locale} viewer={viewer} />}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <section class="card">
        <Table caption={words.title} hidden cards head={head}>
          <Rows
            labels={head}
            rows={accounts.map((one) => [
              <>
                <a href={`/accounts/${one.id}`}>{one.name}</a> {one.name === one.email ? null : <span class="small">{one.email}</span>}
              </>,
              one.held.map((held) => rightInWords(held, { locale, scopes })).join(', '),
              one.coordinates.map((id) => titleOf(id, scopes)).join(', '),
              one.blocked ? words.blocked : words.open,
            ])}
          />
        </Table>
        <Pager locale={locale} path="/accounts" from={from} next={next} />
      </section>
      <form class="card" method="post" action="/accounts" novalidate>
        <h2>{words.add}</h2>
        <p>{words.addLead}</p>
        <Field
          name="email"
          type="email"
          label={words.email}
          locale={locale}
          value={tried?.email ?? ''}
          problem={tried === undefined || tried.problem === 'scope' ? undefined : words.problems[tried.problem]}
        />
        <div class="field">
          <label class="block" for="f-name">
            {words.name} <Needed required={false} locale={locale} />
          </label>
          <input type="text" id="f-name" name="name" value={tried?.name ?? ''} autocomplete="off" />
        </div>
        <ChooseRight locale={locale} scopes={scopes} none={words.none} problem={tried?.problem === 'scope'} chosen={tried} />
        <button type="submit">{words.addButton}</button>
      </form>
    </Layout>
  );
}

/** One account: what it may, where it is in, and what can be done to it. */
export function AccountAdminPage({
  locale,
  viewer,
  view,
  providers,
  scopes,
  at,
  done,
  problem,
  chosen,
}: Shown & {
  view: AccountView;
  providers: readonly Provider[];
  scopes: Scopes;
  at: number;
  done: boolean;
  problem?: AccountProblem | undefined;
  chosen?: ChosenRight | undefined;
}) {
  const { account, factor, sessions } = view;
  const words = wordsOf(locale).access.accounts;
  const own = wordsOf(locale).access.account;
  const action = `/accounts/${account.id}`;
  const inWords = (held: Held) => rightInWords(held, { locale, scopes });
  return (
    <Layout locale={locale} title={account.name} wide menu={<Menu locale={locale} viewer={viewer} />}>
      {done ? (
        <p class="notice" role="status">
          {own.done}
        </p>
      ) : null}
      <p class="small crumbs">
        <a href="/accounts">{words.title}</a>
      </p>
      <h1>
        {account.name} <span class={account.blocked ? 'tag late' : 'tag ok'}>{account.blocked ? words.blocked : words.open}</span>
      </h1>
      {account.name === account.email ? null : <p class="lead">{account.email}</p>}
      {problem === undefined || problem === 'scope' ? null : (
        <p class="notice" role="alert">
          {words.problems[problem]}
        </p>
      )}
      <section class="card">
        <h2>{words.may}</h2>
        {account.held.length === 0 ? (
          <p>{words.nothing}</p>
        ) : (
          <Table caption={words.may} hidden head={[words.right, <span class="hidden">{words.takeButton}</span>]}>
            <Rows
              rows={account.held.map((held) => [
                inWords(held),
                <form method="post" action={`${action}/rights/remove`}>
                  <input type="hidden" name="right" value={held.right} />
                  <input type="hidden" name="scope" value={scopeOf(held)} />
                  <button type="submit" class="link" aria-label={words.take(inWords(held))}>
                    {words.takeButton}
                  </button>
                </form>,
              ])}
            />
          </Table>
        )}
        {account.coordinates.length === 0 ? null : (
          <p>{words.coordinating(account.coordinates.map((id) => titleOf(id, scopes)).join(', '))}</p>
        )}
        <form method="post" action={`${action}/rights`}>
          <h3>{words.giveTitle}</h3>
          <ChooseRight locale={locale} scopes={scopes} none={words.choose} problem={problem === 'scope'} chosen={chosen} />
          <button type="submit">{words.give}</button>
        </form>
      </section>
      <section class="card">
        <h2>{words.sessions}</h2>
        {sessions.length === 0 ? (
          <p>{words.nowhere}</p>
        ) : (
          <SessionTable {...{ locale, sessions, providers, at }} action={`${action}/sessions`} title={words.sessions} />
        )}
        <p>{factor ? words.factor : words.noFactor}</p>
        <form method="post" action={`${action}/reset`}>
          <p class="small">{words.resetLead}</p>
          <button type="submit" class="quiet">
            {words.reset}
          </button>
        </form>
      </section>
      <section class="card">
        <h2>{account.blocked ? words.unblock : words.block}</h2>
        <p>{account.blocked ? words.unblockLead : words.blockLead}</p>
        <form method="post" action={`${action}/${account.blocked ? 'unblock' : 'block'}`}>
          <button type="submit" class="quiet">
            {account.blocked ? words.unblock : words.block}
          </button>
        </form>
      </section>
    </Layout>
  );
}
