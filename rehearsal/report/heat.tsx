/** Mails per week and person, as a table whose cells say and show how many. */
import { SHORT_MONTH_WORDS } from '../../domain/words.js';
import { Scroll } from '../../web/scroll.js';
import { grouped } from '../grouped.js';
import type { ReportContext } from './context.js';
import { Part } from './parts.js';
import type { Cell, Weeks } from './weeks.js';

/** The section. */
export function Heat({ context, weeks }: { context: ReportContext; weeks: Weeks }) {
  const { words, locale, name, role, day } = context;
  const { weeks: texts } = words;
  const months = [...grouped(weeks.weeks, (week) => week.slice(0, 7))];
  const groups = [...grouped(weeks.rows, ({ person }) => role(person))];
  const columns = weeks.weeks.length + 2;
  return (
    <Part id="weeks" title={texts.title} lead={texts.lead} class="wide">
      <Scroll label={texts.caption}>
        <table class="heat" style={`--weeks: ${weeks.weeks.length}`}>
          <caption class="hidden">{texts.caption}</caption>
          <thead>
            <tr>
              <th scope="col" rowspan={2}>
                {texts.person}
              </th>
              {months.map(([month, all]) => (
                <th scope="colgroup" colspan={all.length} class="month">
                  {all.length > 1 ? SHORT_MONTH_WORDS[locale][Number(month.slice(5)) - 1] : ''}
                </th>
              ))}
              <th scope="col" rowspan={2} class="num">
                {texts.total}
              </th>
            </tr>
            <tr>
              {weeks.weeks.map((week) => (
                <th scope="col" class="week">
                  <span aria-hidden="true">{Number(week.slice(8))}</span>
                  <span class="hidden">{texts.week(day(week))}</span>
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(([title, rows]) => (
            <tbody>
              <tr class="group">
                <th scope="rowgroup" colspan={columns}>
                  <span>{title}</span>
                </th>
              </tr>
              {rows.map(({ person, cells, mails }) => (
                <tr>
                  <th scope="row">{name(person)}</th>
                  {cells.map((cell) => (
                    <HeatCell cell={cell} peak={texts.peak} />
                  ))}
                  <td class="num total">{mails}</td>
                </tr>
              ))}
            </tbody>
          ))}
          <tfoot>
            <tr>
              <th scope="row">{texts.all}</th>
              {weeks.totals.map((n) => (
                <td>{n === 0 ? '' : n}</td>
              ))}
              <td class="num total">{weeks.totals.reduce((a, b) => a + b, 0)}</td>
            </tr>
          </tfoot>
        </table>
      </Scroll>
      <h3>{texts.peaksTitle}</h3>
      {weeks.peaks.length === 0 ? <p class="small">{texts.peaksNone}</p> : null}
      <ul class="columns">
        {weeks.peaks.map(({ person, week, asking, mails }) => (
          <li>
            <a href={`#person-${person}`}>{texts.onePeak(name(person), day(week), asking, mails)}</a>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function HeatCell({ cell: { mails, peak }, peak: word }: { cell: Cell; peak: string }) {
  if (mails === 0) return <td />;
  return (
    <td class={`h${Math.min(mails, 6)}${peak ? ' peak' : ''}`}>
      {peak ? (
        <>
          <span aria-hidden="true" class="mark-peak">
            ▲
          </span>
          <span class="hidden">{word} </span>
        </>
      ) : null}
      {mails}
    </td>
  );
}
