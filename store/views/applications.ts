import type { Answer } from '../../domain/asks/forms.js';
import { unmetRules } from '../../domain/forms.js';
import { kinds } from '../../domain/kinds/index.js';
import { type ScoreSummary, summarise } from '../../domain/scoring.js';
import type { ApplicationView } from '../../domain/view.js';
import { type ApplicationRow, applicationAnswers, scoresOf } from '../selection.js';
import type { Scene } from './scene.js';

/** The applications an ask is about: the ruled one, the eligible ones, the ones that are heard; to those who have not declared their interests, by name only. */
export async function applicationsAsked({ ask, name, needTitle, applications, material, edition, db }: Scene): Promise<ApplicationView[]> {
  const { applications: isAbout, namesOnly } = kinds[ask.kind].reads;
  if (isAbout === undefined) return [];
  const key = { step: ask.step, part: ask.part ?? undefined };
  const wanted = (await applications()).filter((application) => isAbout(application, key));
  const rules = ask.kind === 'eligibility' ? (edition.eligibility ?? []) : [];
  const answers =
    rules.length === 0
      ? new Map<string, Answer>()
      : await applicationAnswers(
          db,
          edition.id,
          wanted.map(({ id }) => id),
        );
  return wanted.map((a) => {
    const known = { id: a.id, title: a.title, need: needTitle(a.need), applicant: name(a.person) };
    const sent = material.get(a.person);
    if (namesOnly) return { ...known, summary: '' };
    const unmet = unmetRules(rules, answers.get(a.id) ?? {}).map(({ says }) => says);
    return { ...known, summary: a.summary, ...(unmet.length === 0 ? {} : { unmet }), ...(sent === undefined ? {} : { material: sent }) };
  });
}

/** The applicants' own applications, where each is asked about theirs: by applicant, whose seat it is. */
export async function ownApplications({ ask, name, needTitle, applications }: Scene): Promise<Map<string, ApplicationView>> {
  if (!kinds[ask.kind].reads.ownApplication) return new Map();
  const view = (a: ApplicationRow) => ({
    id: a.id,
    title: a.title,
    need: needTitle(a.need),
    summary: a.summary,
    applicant: name(a.person),
  });
  return new Map((await applications()).map((a) => [a.person, view(a)]));
}

/** The jury's marks, for those who deliberate or approve the selection. */
export async function scoresShown({ db, ask, edition, applications }: Scene): Promise<(ScoreSummary & { title: string })[] | undefined> {
  if (!kinds[ask.kind].reads.marks(ask.step)) return undefined;
  const titles = new Map((await applications()).map((a) => [a.id, a.title]));
  return summarise(await scoresOf(db, edition.id), edition.selection.criteria).map((s) => ({
    ...s,
    title: titles.get(s.application) ?? '',
  }));
}
