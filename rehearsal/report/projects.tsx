/** The projects, and how they ended. */
import { Rows, Table } from '../../web/table.js';
import { Part } from './parts.js';
import type { Telling } from './telling.js';
import { PROJECT_OUTCOME_WORDS, wordOf } from './words/nouns.js';

/** The section. */
export function Projects({ telling }: { telling: Telling }) {
  const { words, rehearsal, locale, name, date, project } = telling;
  const { plan: texts } = words;
  const { projects } = rehearsal.record;
  if (projects.length === 0) return <Part id="projects" title={texts.outcomes} lead={texts.noProject} />;
  const need = (id: string) => rehearsal.edition.needs.find((one) => one.id === id)?.title ?? '';
  return (
    <Part id="projects" title={texts.outcomes}>
      <Table hidden caption={texts.outcomesCaption} head={[texts.project, texts.applicant, texts.need, texts.directorate, texts.outcome]}>
        <Rows
          named
          rows={projects.map(({ id, need: of, applicant, directorate, outcome, ended_on }) => [
            project(id),
            name(applicant),
            need(of),
            name(directorate),
            outcome === null
              ? texts.notEnded
              : `${wordOf(PROJECT_OUTCOME_WORDS, outcome, locale)}${ended_on === null ? '' : `, ${words.page.on(date(ended_on))}`}`,
          ])}
        />
      </Table>
    </Part>
  );
}
