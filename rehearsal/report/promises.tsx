/** Guarantees: what was promised, how often it was checked, what broke it. */

import { Rows, Table } from '../../web/table.js';
import { GUARANTEE_WORDS, type Guarantee } from '../guarantees.js';
import { type Blame, blameOf } from './blame.js';
import { kindWords } from './calendars.js';
import type { ReportContext } from './context.js';
import { MailLink, Part } from './parts.js';

/** The section. */
export function Promises({ context }: { context: ReportContext }) {
  const { words, rehearsal, label } = context;
  const { guarantees: texts } = words;
  const { guarantees } = rehearsal.document;
  const broken = guarantees.filter(({ violations }) => violations.length > 0);
  return (
    <Part id="guarantees" title={texts.title} lead={texts.lead}>
      <Table hidden caption={texts.caption} head={[texts.promise, texts.checked, texts.state]}>
        <Rows
          named
          rows={guarantees.map(({ name, checked, violations }) => [
            label(GUARANTEE_WORDS[name]),
            String(checked),
            <span class={violations.length === 0 ? 'tag ok' : 'tag late'}>
              {violations.length === 0 ? texts.held : texts.broken(violations.length)}
            </span>,
          ])}
        />
      </Table>
      {broken.map((guarantee) => (
        <Broken context={context} guarantee={guarantee} />
      ))}
    </Part>
  );
}

function Broken({ context, guarantee: { name, violations } }: { context: ReportContext; guarantee: Guarantee }) {
  const { words, label, mails, day, hour } = context;
  const found = new Map(mails.map((mail) => [mail.messageId, mail]));
  return (
    <>
      <h3>{label(GUARANTEE_WORDS[name])}</h3>
      <ol>
        {violations.map(blameOf).map((blame) => (
          <li>
            {blame.mails
              .flatMap((id) => {
                const mail = found.get(id);
                return mail === undefined ? [] : [mail];
              })
              .map((mail, index) => (
                <>
                  {index > 0 ? words.page.semicolon : ''}
                  {day(mail.on)}, {hour(mail.at)}, {context.name(mail.person)} ({kindWords(mail, context)}){words.page.colon}
                  <MailLink mail={mail} context={context} />
                </>
              ))}
            {why(blame)}
          </li>
        ))}
      </ol>
    </>
  );

  function why({ over, opens, lacks }: Blame): string {
    const { guarantees: texts } = words;
    const reasons = [
      over === undefined ? '' : texts.over(day(over.slice(0, 10))),
      opens === undefined ? '' : texts.before(day(opens.slice(0, 10))),
      ...(lacks ?? []).map((lack) => (lack === 'link' ? texts.lacks.link : texts.lacks.request)),
    ].filter(Boolean);
    return reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  }
}
