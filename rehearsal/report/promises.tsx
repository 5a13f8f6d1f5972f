/** Guarantees: what was promised, how often it was checked, what broke it. */

import { Rows, Table } from '../../web/table.js';
import { GUARANTEE_WORDS, type Guarantee } from '../guarantees.js';
import { type Blame, blameOf } from './blame.js';
import { kindWords } from './calendars.js';
import { MailLink, Part } from './parts.js';
import type { Telling } from './telling.js';

/** The section. */
export function Promises({ telling }: { telling: Telling }) {
  const { words, rehearsal, say } = telling;
  const { guarantees: texts } = words;
  const { guarantees } = rehearsal.document;
  const broken = guarantees.filter(({ violations }) => violations.length > 0);
  return (
    <Part id="guarantees" title={texts.title} lead={texts.lead}>
      <Table hidden caption={texts.caption} head={[texts.promise, texts.checked, texts.state]}>
        <Rows
          named
          rows={guarantees.map(({ name, checked, violations }) => [
            say(GUARANTEE_WORDS[name]),
            String(checked),
            <span class={violations.length === 0 ? 'tag ok' : 'tag late'}>
              {violations.length === 0 ? texts.held : texts.broken(violations.length)}
            </span>,
          ])}
        />
      </Table>
      {broken.map((guarantee) => (
        <Broken telling={telling} guarantee={guarantee} />
      ))}
    </Part>
  );
}

function Broken({ telling, guarantee: { name, violations } }: { telling: Telling; guarantee: Guarantee }) {
  const { words, say, mails, day, hour } = telling;
  const found = new Map(mails.map((mail) => [mail.messageId, mail]));
  return (
    <>
      <h3>{say(GUARANTEE_WORDS[name])}</h3>
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
                  {day(mail.on)}, {hour(mail.at)}, {telling.name(mail.person)} ({kindWords(mail, telling)}){words.page.colon}
                  <MailLink mail={mail} telling={telling} />
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
