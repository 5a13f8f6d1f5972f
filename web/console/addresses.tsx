/** Whose mail comes back, and the one thing that mends it: their address, with a reason. */
import { dateInWords } from '../../domain/instants.js';
import { isRoleWord, type Locale, ROLE_WORDS } from '../../domain/words.js';
import type { EditionPage } from '../backend.js';
import { wordsOf } from '../words/index.js';
import { Field } from './field.js';

/** What was typed for somebody, and why it was refused. */
export interface Tried {
  person: string;
  email: string;
  reason: string;
  problem: 'address' | 'taken' | 'works' | 'reason';
}

/** The card; nothing when mail to everybody arrives, as far as is known. */
export function Addresses({ page, locale, tried }: { page: EditionPage; locale: Locale; tried?: Tried }) {
  const { addresses: words } = wordsOf(locale).console;
  const people = page.failing ?? [];
  if (people.length === 0) return null;
  return (
    <section class="card" id="addresses">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {people.map((person) => {
        const typed = tried?.person === person.id ? tried : undefined;
        const wrong = (...problems: Tried['problem'][]) => typed !== undefined && problems.includes(typed.problem);
        const id = (field: string) => `${field}-${person.id}`;
        return (
          <form method="post" action={`/editions/${page.edition.id}/people/${person.id}`} aria-labelledby={id('who')} novalidate>
            <h3 id={id('who')}>
              {person.name} <span class="tag plain-tag">{isRoleWord(person.role) ? ROLE_WORDS[person.role][locale] : person.role}</span>{' '}
              <span class="tag late wrap">
                {(person.unreachable ? words.since : words.doubtful)(dateInWords(person.since, page, locale))}
              </span>
            </h3>
            <Field
              id={id('email')}
              name="email"
              type="email"
              label={words.email}
              locale={locale}
              value={typed?.email ?? person.email}
              problem={typed !== undefined && wrong('address', 'taken', 'works') ? words.problems[typed.problem] : undefined}
            />
            <Field
              id={id('reason')}
              name="reason"
              label={words.reason}
              locale={locale}
              value={typed?.reason ?? ''}
              problem={wrong('reason') ? words.problems.reason : undefined}
            />
            <p class="small">{words.will}</p>
            <button type="submit">{words.button}</button>
          </form>
        );
      })}
    </section>
  );
}
