import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isEnough } from '../../domain/asks/enough.js';
import { type AskKind, type AskSpec, askKinds } from '../../domain/asks.js';
import { isDeclined, kinds } from '../../domain/kinds/index.js';
import type { Participants } from '../../domain/kinds/kind.js';
import type { Candidate } from '../../domain/selection.js';
import { LOCALES } from '../../domain/words.js';
import { reference } from './editions.js';

const edition = reference();
const application = (id: string, person: string, own: Partial<Candidate> = {}): Candidate => ({
  id,
  person,
  state: 'submitted',
  eligible: true,
  shortlisted: true,
  out: false,
  ...own,
});

/** Those of the reference edition, two jurors who sit, one of whom delegated, and three applications of which one is out. */
const cast = (ask: Partial<AskSpec> & Pick<AskSpec, 'kind' | 'step'>, own: Partial<Participants> = {}): Participants => ({
  edition,
  ask: { version: 1, generation: 1, ...ask },
  project: { applicant: 'applicant-01', directorate: 'pmi', need: 'perinatalite' },
  inRole: (role) => edition.people.filter((person) => person.role === role).map(({ id }) => id),
  applications: async () => [
    application('a-01', 'applicant-01'),
    application('a-02', 'applicant-02', { out: true }),
    application('a-03', 'applicant-03', { state: 'draft', shortlisted: false }),
  ],
  answers: async ({ kind }) =>
    kind === 'seat'
      ? [
          { person: 'dg', decision: 'yes' },
          { person: 'pmi', decision: 'no' },
        ]
      : [
          { person: 'dg', decision: null },
          { person: 'dg-1', decision: null },
        ],
  interests: async () => [{ application: 'a-01', person: 'dg-1' }],
  met: async (pair) => (pair === 'p-01' ? 'maternite' : undefined),
  ...own,
});
const seatsOf = async (given: Participants) => (await kinds[given.ask.kind].seats(given)).map(({ person, seat }) => `${person}/${seat}`);

describe('who sits', () => {
  test('is said by the kind, of the file, the project, and what was answered before', async () => {
    const coordinators = edition.people.filter(({ role }) => role === 'coordinator').map(({ id }) => `${id}/coordinators`);
    expect(await seatsOf(cast({ kind: 'document', step: 'diagnosis' }))).toEqual(coordinators);
    expect(await seatsOf(cast({ kind: 'document', step: 'roadmap' }))).toEqual(['applicant-01/applicant-01']);
    expect(await seatsOf(cast({ kind: 'approve', step: 'outcome-approval', part: '2' }))).toEqual(['dg/dg']);
    expect(await seatsOf(cast({ kind: 'apply', step: 'call-open' }))).toEqual(['applicant-03/applicant-03']);
    expect(await seatsOf(cast({ kind: 'prepare', step: 'pitch-preparation' }))).toEqual(['applicant-01/applicant-01']);
    expect(await seatsOf(cast({ kind: 'interests', step: 'pitch-preparation' }))).toEqual(['dg/dg']);
    expect(await seatsOf(cast({ kind: 'introduction', step: 'introductions', part: 'p-01' }))).toEqual([
      'applicant-01/applicant-01',
      'maternite/maternite',
    ]);
  });

  test('to score is whoever declared their interests and is not recused from all that is heard', async () => {
    expect(await seatsOf(cast({ kind: 'score', step: 'pitch' }))).toEqual(['dg/dg']);
  });

  test('to report is one of each: who sits for the applicant or the directorate does not sit as an evaluator too', async () => {
    const inRole = (role: string) => (role === 'evaluator' ? ['pmi', 'labo'] : []);
    expect(await seatsOf(cast({ kind: 'report', step: 'evaluation' }, { inRole }))).toEqual([
      'applicant-01/applicant',
      'pmi/directorate',
      'labo/evaluators',
    ]);
  });
});

test('each kind has a file of its own, and one of words in each language', () => {
  const folders = ['domain/kinds', ...LOCALES.map((locale) => `domain/kinds/${locale}`)];
  const files = folders.flatMap((folder) => askKinds.map((kind) => `${folder}/${kind}.ts`));
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

describe('what is true of a kind', () => {
  const which = (holds: (kind: AskKind) => boolean) => askKinds.filter(holds);

  test('is what the programme’s table says', () => {
    expect(which((kind) => kinds[kind].endless('diagnosis'))).toEqual([
      'document',
      'eligibility',
      'shortlist',
      'deliberation',
      'sitting',
      'decide',
    ]);
    expect(kinds.document.endless('roadmap')).toBe(false);
    expect(which((kind) => kinds[kind].hard)).toEqual(['relay', 'apply', 'score']);
    expect(which((kind) => !kinds[kind].delegable)).toEqual(['apply', 'score']);
    expect(which((kind) => kinds[kind].addsUp)).toEqual(['interview', 'approve', 'seat', 'score', 'report']);
    expect(which((kind) => isDeclined(kind, 'no'))).toEqual(['seat', 'prepare']);
  });

  test('an approver who does not approve is enough; a call is open until it closes', () => {
    const holders = (decision?: string) => [
      { person: 'pmi', seat: 'pmi', closed: decision === undefined ? null : ('answered' as const), decision },
      { person: 'dg', seat: 'dg', closed: null },
    ];
    expect(isEnough('approve', holders('changes-requested'))).toBe(true);
    expect(isEnough('approve', holders('approved'))).toBe(false);
    expect(isEnough('sitting', holders('rejected'))).toBe(false);
    expect(isEnough('apply', [{ person: 'a', seat: 'a', closed: 'answered' }])).toBe(false);
  });
});
