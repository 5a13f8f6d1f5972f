/** What people wrote, over a real installation. */
import type { Installation } from '../client/installation.js';
import { lettersToday } from '../client/verbs/written.js';
import { applicationText } from '../domain/asks/form-text.js';
import { calendarOf } from '../domain/calendar.js';
import { documentsReadIn } from '../domain/documents.js';
import { phaseDays } from '../domain/figures.js';
import { unmetRules } from '../domain/forms.js';
import { interviewQuestions } from '../domain/kinds/interview.js';
import { computePlan } from '../domain/plan.js';
import { answerCells, fieldIds } from '../domain/sheets.js';
import { lettersFrom, readingOf, readsInterviews, readsLetters, runningOrder, versionBefore } from '../store/askreading.js';
import { editionFigures } from '../store/editionfigures.js';
import { type EditionRow, findEdition } from '../store/editions.js';
import { projectsOf } from '../store/projects.js';
import {
  applicationLines,
  applicationRead,
  applicationsWhole,
  documentLines,
  interviewsOf,
  jurorAt,
  versionsOf,
} from '../store/readings.js';
import { standingOf } from '../store/standing.js';
import { editionView } from '../store/views/index.js';
import type { Backend } from './backend.js';
import { pageOfRows } from './pager.js';

type Read = 'reading' | 'interviewsRead' | 'lettersRead' | 'versionBefore';

const applicationColumns = ['id', 'title', 'name', 'need', 'relay', 'at', 'eligible', 'shortlisted', 'fate'];

/** The part of the port that is about reading. */
export function liveReading(
  installation: Installation,
): Pick<Backend, 'documents' | 'documentOf' | 'interviews' | 'applications' | 'application' | 'sheet' | 'figures' | Read> {
  const {
    store: { pool },
    realNow,
  } = installation;
  const part = (row: EditionRow) => ({
    edition: editionView(row),
    at: realNow() + row.clock_offset_ms,
  });
  /** A page of rows, and where the next begins: one more was read. */
  const page = <Row>(rows: Row[], from: number) => ({
    rows: rows.slice(0, pageOfRows),
    ...(rows.length > pageOfRows ? { next: from + pageOfRows } : {}),
  });
  const needsOf = (row: EditionRow) => Object.fromEntries(row.file.needs.map(({ id, title }) => [id, title]));
  const interviews: Backend['interviews'] = async (id, from) => {
    const row = await findEdition(pool, id);
    if (row === undefined) return undefined;
    const { rows, ...rest } = page(await interviewsOf(pool, id, { from, limit: pageOfRows + 1 }), from);
    const form = row.file.forms?.interview;
    return { ...part(row), interviews: rows, ...(form === undefined ? {} : { form }), ...rest };
  };
  return {
    async documents(id, from) {
      const row = await findEdition(pool, id);
      if (row === undefined) return undefined;
      const { rows: documents, ...rest } = page(await documentLines(pool, id, { from, limit: pageOfRows + 1 }), from);
      const projects = Object.fromEntries((await projectsOf(pool, id)).map(({ id: project, title }) => [project, title]));
      return { ...part(row), documents, projects, ...rest };
    },
    async documentOf(id, { step, project, version, before }) {
      const row = await findEdition(pool, id);
      const versions = row === undefined ? [] : await versionsOf(pool, id, { step, project, read: [version, before] });
      const named = (key: string) => versions.find((one) => `${one.generation}.${one.version}` === key);
      const shown = version === '' ? versions[0] : named(version);
      if (row === undefined || shown === undefined) return undefined;
      const compared = named(before);
      return { ...part(row), versions, shown, ...(compared === undefined ? {} : { compared }) };
    },
    interviews,
    interviewsRead: async (view, from) => (readsInterviews(view) ? interviews(view.edition.id, from) : undefined),
    async reading(view) {
      const row = await findEdition(pool, view.edition.id);
      if (row === undefined) return {};
      const form = row.file.forms?.session;
      return { ...(await readingOf(pool, row, view)), ...(form === undefined ? {} : { form }) };
    },
    async lettersRead(view, from) {
      const row = readsLetters(view) ? await findEdition(pool, view.edition.id) : undefined;
      if (row === undefined) return undefined;
      const { rows: letters, ...rest } = page(await lettersFrom(pool, row.id, { from, limit: pageOfRows + 1 }), from);
      return { letters: await lettersToday(installation, row, letters), ...rest };
    },
    versionBefore: (view, hash) =>
      versionBefore(pool, view.edition.id, { hash, step: documentsReadIn(view.ask.step), project: view.project?.id ?? '' }),
    async figures(id) {
      const row = await findEdition(pool, id);
      if (row === undefined) return undefined;
      const { relay, need, ...counted } = await editionFigures(pool, id);
      const { inputs, started } = await standingOf(pool, row);
      const foreseen = computePlan(started).steps.flatMap(({ id: step, earliest: { start, finish } }) =>
        start === null || finish === null ? [] : [{ step, start, finish }],
      );
      const lived = inputs.lived.map(({ step, started: start, finished: finish }) => ({ step, start, finish }));
      return {
        ...part(row),
        ...{ relay, need, needs: needsOf(row), figures: { needs: row.file.needs.length, ...counted } },
        phases: phaseDays(foreseen, lived, calendarOf(row.file.territory)),
      };
    },
    async sheet(id, { what, from, reader }) {
      const row = await findEdition(pool, id);
      if (row === undefined) return undefined;
      const { forms } = row.file;
      const limit = pageOfRows + 1;
      if (what === 'interviews') {
        const fields = fieldIds(forms?.interview, interviewQuestions);
        const { rows, ...rest } = page(await interviewsOf(pool, id, { from, limit }), from);
        return {
          head: ['person', 'name', 'role', 'at', ...fields.map((field) => `f.${field}`)],
          rows: rows.map(({ person, name, role, at, answer }) => [person, name, role, at.toISOString(), ...answerCells(answer, fields)]),
          ...rest,
        };
      }
      const fixed = forms?.application === undefined ? [] : ['organisation', 'team'];
      const { judges, recused } = await jurorAt(pool, id, reader);
      const fields = [...fixed, ...fieldIds(forms?.application, ['summary'], { coordinators: !judges })];
      const { rows, ...rest } = page(await applicationsWhole(pool, id, { from, limit }), from);
      return {
        head: [...applicationColumns, ...fields.map((field) => `f.${field}`)],
        rows: rows.map((one) => [
          ...[one.id, one.title, one.name, one.need, one.relay, one.at?.toISOString() ?? null],
          ...[one.eligible === null ? null : one.eligible ? 'yes' : 'no', one.shortlisted ? 'yes' : 'no', one.fate],
          ...answerCells(recused.includes(one.id) ? {} : one.answer, fields), // a juror reads nothing of what they are kept from
        ]),
        ...rest,
      };
    },
    async applications(id, { from, ...filter }) {
      const row = await findEdition(pool, id);
      if (row === undefined) return undefined;
      const { lines: found, ...counts } = await applicationLines(pool, id, { ...filter, from, limit: pageOfRows + 1 });
      const { rows: lines, ...rest } = page(found, from);
      const order = from === 0 ? await runningOrder(pool, row) : [];
      return { ...part(row), lines, ...counts, needs: needsOf(row), filter, ...(order.length === 0 ? {} : { order }), ...rest };
    },
    async application(id, which, reader) {
      const row = await findEdition(pool, id);
      const application = row === undefined ? undefined : await applicationRead(pool, id, which);
      if (row === undefined || application === undefined) return undefined;
      const { judges, recused } = await jurorAt(pool, id, reader);
      const { answer, ...read } = application;
      // a coordinator who judges reads through the console no more than a juror
      const whole = { coordinators: !judges };
      const summary =
        row.file.forms?.application === undefined ? read.summary : applicationText(row.file, answer, row.file.territory.locale, whole);
      const unmet = unmetRules(row.file.eligibility ?? [], answer).map(({ says }) => says);
      return { ...part(row), application: { ...read, summary }, unmet, needs: needsOf(row), recused: judges && recused.includes(which) };
    },
  };
}
