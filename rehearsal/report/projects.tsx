/** The projects, and how they ended. */
import { PROJECT_OUTCOME_WORDS } from '../../domain/outcomewords.js';
import { capital } from '../../domain/phrases.js';
import { ROLE_WORDS } from '../../domain/words.js';
import { Rows, Table } from '../../web/table.js';
import type { ReportContext } from './context.js';
import { Part } from './parts.js';

/** The section. */
export function Projects({ context }: { context: ReportContext }) {
  const { words, web, rehearsal, locale, name, date, project, typeset } = context;
  const { plan: texts } = words;
  const { projects: titles, statuses } = web.console;
  const { projects } = rehearsal.record;
  if (projects.length === 0) return <Part id="projects" title={titles.title} lead={texts.noProject} />;
  const need = (id: string) => rehearsal.edition.needs.find((one) => one.id === id)?.title ?? '';
  return (
    <Part id="projects" title={titles.title}>
      <Table
        hidden
        caption={texts.outcomesCaption}
        head={[titles.project, capital(ROLE_WORDS.applicant[locale]), titles.need, titles.directorate, texts.outcome]}
      >
        <Rows
          named
          rows={projects.map(({ id, need: of, applicant, directorate, outcome, ended_on }) => [
            project(id),
            name(applicant),
            typeset(need(of)),
            name(directorate),
            outcome === null
              ? statuses.running
              : `${PROJECT_OUTCOME_WORDS[outcome][locale]}${ended_on === null ? '' : `, ${web.page.facts.onDay(date(ended_on))}`}`,
          ])}
        />
      </Table>
    </Part>
  );
}
