/** The card of facts: by when, why you, what came before, the document, what happens next, when reminders stop. */

import type { Child } from 'hono/jsx';
import { hardEndOf } from '../../domain/asks/hard-end.js';
import type { CivilDate } from '../../domain/calendar.js';
import { dateInWords, deadlineInWords, instantInWords, timeInWords } from '../../domain/instants.js';
import type { Slot } from '../../domain/juryday.js';
import { isEndless } from '../../domain/kinds/index.js';
import type { AskView } from '../../domain/view.js';
import { STEP_WORDS } from '../../domain/words.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';

/** One line of a list of facts. */
export function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The card. `relayLink`: the tracked link of a relay, where the ask is to spread the call. */
export function Facts({ view, relayLink, slot }: { view: AskView; relayLink?: string | undefined; slot?: Slot | undefined }) {
  const { page, kinds } = wordsOf(view.person.locale);
  const { facts } = page;
  const words = kinds[view.ask.kind].page;
  return (
    <div class="card">
      <dl class="facts">
        <Fact name={facts.due}>
          <Due view={view} />
        </Fact>
        <Fact name={facts.why}>{words.why(view)}</Fact>
        <JuryDay view={view} slot={slot} />
        <Before view={view} />
        <Documents view={view} />
        {relayLink ? (
          <Fact name={facts.link}>
            <a href={relayLink}>{relayLink}</a>
          </Fact>
        ) : null}
        <Fact name={facts.next}>{words.next(view)}</Fact>
        <Reminders view={view} />
      </dl>
    </div>
  );
}

function Due({ view }: { view: AskView }) {
  const { ask, at, person, follows } = view;
  const { facts } = wordsOf(person.locale).page;
  const day = (date: CivilDate) => dateInWords(date, view, person.locale);
  const hardEnd = hardEndOf(view.ask);
  if (hardEnd !== undefined) {
    const when = deadlineInWords(hardEnd, view, person.locale);
    const sooner = ask.dueAt < hardEnd && at < ask.dueAt;
    return (
      <>
        <strong>{sooner ? facts.by(day(ask.due)) : facts.hard(when)}</strong>
        {sooner ? facts.hardEnd(when) : facts.hardAfter}
      </>
    );
  }
  const endless = isEndless(ask) || ask.end === undefined;
  if (at >= ask.dueAt)
    return (
      <>
        <strong>{facts.passed(day(ask.due))}</strong>
        {endless ? facts.endless : facts.still(day(ask.end ?? ask.due))}
      </>
    );
  const later = ask.end !== undefined && ask.end > ask.due ? facts.latest(day(ask.end)) : '';
  return (
    <>
      <strong>{facts.by(day(ask.due))}</strong>
      {endless ? facts.endless : later}
      {follows && !endless ? facts.follows(STEP_WORDS[follows.step][person.locale], day(follows.by)) : ''}
    </>
  );
}

function Before({ view }: { view: AskView }) {
  const { before, person } = view;
  const { facts, acts } = wordsOf(person.locale).page;
  const isAct = (what: string): what is keyof typeof acts => Object.hasOwn(acts, what);
  if (before.length === 0) return null;
  return (
    <Fact name={facts.before}>
      <ul class="plain">
        {before.map(({ who, what, on, remarks }) => (
          <li>
            {who} {isAct(what) ? acts[what] : acts.answered} {facts.onDay(dateInWords(on, view, person.locale))}
            {remarks ? (
              <blockquote>
                <Text text={remarks} />
              </blockquote>
            ) : null}
          </li>
        ))}
      </ul>
    </Fact>
  );
}

/** The hours and the place of the jury, and when the reader is heard. */
function JuryDay({ view, slot }: { view: AskView; slot: Slot | undefined }) {
  const { event, person } = view;
  const { jury } = wordsOf(person.locale).page;
  if (event?.hours === undefined) return null;
  const day = dateInWords(event.on, view, person.locale);
  const time = (at: string) => timeInWords(at, person.locale);
  return (
    <Fact name={jury.day}>
      {jury.when(day, time(event.hours.from), time(event.hours.to))}
      {event.place === undefined ? null : `, ${event.place}`}
      {slot === undefined ? null : (
        <>
          <br />
          <strong>{jury.slot(time(slot.from), time(slot.to))}</strong>
        </>
      )}
    </Fact>
  );
}

function Documents({ view }: { view: AskView }) {
  const { documents, person, request } = view;
  const { facts } = wordsOf(person.locale).page;
  if (documents.length === 0) return null;
  return (
    <Fact name={facts.documents(documents.length)}>
      <ul class="plain">
        {documents.map(({ title, version, frozenOn }, i) => (
          <li>
            <a href={`/r/${request}/document/${i + 1}`}>
              {title}, {facts.version(version)}
            </a>{' '}
            <span class="small">{facts.frozen(dateInWords(frozenOn, view, person.locale))}</span>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function Reminders({ view }: { view: AskView }) {
  const { next, substitute, person, ask } = view;
  const { facts } = wordsOf(person.locale).page;
  if (ask.kind === 'apply' && next === undefined) return null;
  if (next === undefined) return <Fact name={facts.reminders}>{facts.none}</Fact>;
  const when = instantInWords(next.at, view, person.locale);
  const also = substitute && next.rung !== 'late-5' && ask.kind !== 'apply' ? facts.alsoSubstitute(substitute.name) : '';
  return (
    <Fact name={facts.reminders}>
      {facts.reminder(when)}
      {also}
      {facts.stop}
    </Fact>
  );
}
