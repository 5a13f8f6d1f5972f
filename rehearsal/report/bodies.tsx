/** Sittings reached and missed. */
import type { Child } from 'hono/jsx';
import { DECISION_WORDS, wordIn } from '../../domain/outcomewords.js';
import { Rows, Table } from '../../web/table.js';
import type { ReportContext } from './context.js';
import { Part, Step } from './parts.js';
import type { SittingRow } from './sittings.js';

/** The section. */
export function Bodies({ context, rows }: { context: ReportContext; rows: readonly SittingRow[] }) {
  const { words, web, rehearsal, project, date: short, locale, typeset } = context;
  const { sittings: texts } = words;
  if (rows.length === 0) return <Part id="sittings" title={texts.title} lead={texts.none} />;
  return (
    <Part id="sittings" title={texts.title} lead={texts.lead}>
      <Table
        hidden
        roomy
        caption={texts.caption}
        head={[web.console.projects.project, texts.circuit, texts.body, texts.aimed, texts.fileBy, texts.ready, texts.went, texts.state]}
      >
        <Rows
          named
          rows={rows.map((row) => [
            row.project === null ? web.console.incidents.edition : project(row.project),
            <Step step={row.step} context={context} />,
            typeset(rehearsal.edition.territory.sessions[row.body]?.name ?? ''),
            row.aimed === null ? '–' : short(row.aimed.date),
            row.aimed === null ? '–' : short(row.aimed.fileBy),
            row.readyOn === null ? '–' : short(row.readyOn),
            wentWords(row),
            <span class={`tag ${row.is === 'reached' ? 'ok' : row.is === 'missed' ? 'late' : 'plain-tag'}`}>{texts.states[row.is]}</span>,
          ])}
        />
      </Table>
    </Part>
  );

  function wentWords({ went, is }: SittingRow): Child {
    if (went.length === 0) return is === 'missed' ? texts.noneLeft : '–';
    return went
      .map(({ date, result }) => [short(date), wordIn(DECISION_WORDS, result, locale)].filter(Boolean).join(words.page.colon))
      .join(words.page.semicolon);
  }
}
