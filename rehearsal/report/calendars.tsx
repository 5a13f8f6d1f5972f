/** Each person's calendar of mails. */

import { MAIL_WORDS } from '../../domain/mails.js';
import { small } from '../../domain/phrases.js';
import { Table } from '../../web/table.js';
import { grouped } from '../grouped.js';
import type { ReportContext, ShownMail } from './context.js';
import type { MailKind } from './letters.js';
import { MailLink, Part } from './parts.js';
import type { Weeks } from './weeks.js';

/** The section: one person after the other, in the order of the table of weeks. */
export function Calendars({ context, weeks }: { context: ReportContext; weeks: Weeks }) {
  const { words, mails } = context;
  const byPerson = grouped(mails, ({ person }) => person);
  return (
    <Part id="people" title={words.people.title} lead={words.people.lead}>
      {weeks.rows.map((row) => (
        <Person context={context} row={row} mails={byPerson.get(row.person) ?? []} />
      ))}
    </Part>
  );
}

function Person({ context, row, mails }: { context: ReportContext; row: Weeks['rows'][number]; mails: readonly ShownMail[] }) {
  const { words, web, name, role, day, hour } = context;
  const { people: texts } = words;
  const reminders = mails.filter(({ kinds }) => kinds.includes('reminder')).length;
  const caption = texts.caption(name(row.person));
  return (
    <details class="printed person" id={`person-${row.person}`}>
      <summary>
        <span class="who">{name(row.person)}</span> <span class="small">{role(row.person)}</span>
        <Bars cells={row.cells} />
        <span class="small count">{texts.summary(row.mails, reminders, row.peaks)}</span>
      </summary>
      <Table hidden caption={caption} head={[texts.day, texts.hour, web.console.mails.subject, texts.kind]}>
        {[...grouped(mails, ({ on }) => on)].map(([on, own]) => (
          <tbody>
            {own.map((mail, index) => (
              <tr>
                {index === 0 ? (
                  <th scope="rowgroup" rowspan={own.length}>
                    {day(on)}
                  </th>
                ) : null}
                <td class="nowrap">{hour(mail.at)}</td>
                <td>
                  <MailLink mail={mail} context={context} />
                </td>
                <td>{kindWords(mail, context)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </Table>
    </details>
  );
}

/** What a mail is, in words: "rappel, alerte à propos de …". */
export function kindWords({ kinds, about }: ShownMail, { words, name, locale }: ReportContext): string {
  return kinds.map(wordOf).join(', ');

  function wordOf(kind: MailKind): string {
    switch (kind) {
      case 'request':
        return small(MAIL_WORDS[locale].asks);
      case 'receipt':
      case 'link':
      case 'letter':
      case 'digest':
        return small(MAIL_WORDS[locale][kind]);
      case 'escalation':
        return about.length === 0 ? words.kinds[kind] : `${words.kinds[kind]} ${words.people.aboutWhom(about.map(name).join(', '))}`;
      default:
        return words.kinds[kind];
    }
  }
}

const barHeight = 18;

/** A person's weeks, small: what the table of weeks says. */
function Bars({ cells }: { cells: Weeks['rows'][number]['cells'] }) {
  return (
    <svg class="bars" viewBox={`0 0 ${cells.length * 4} ${barHeight}`} width={cells.length * 4} height={barHeight} aria-hidden="true">
      <line x1="0" x2={cells.length * 4} y1={barHeight - 0.5} y2={barHeight - 0.5} stroke="#dfe2ea" />
      {cells.map(({ mails, peak }, index) =>
        mails === 0 ? null : (
          <rect
            x={index * 4}
            y={barHeight - Math.min(mails * 3, barHeight)}
            width="3"
            height={Math.min(mails * 3, barHeight)}
            fill={peak ? 'var(--late)' : 'var(--authority)'}
          />
        ),
      )}
    </svg>
  );
}
