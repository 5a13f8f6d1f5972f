/** What coordinators do to an edition that runs, on the real engine: its run follows, from the top where it must. */
import { expect, test } from '@jest/globals';
import { doAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import type { Meddle } from '../../rehearsal/live.js';
import type { Store } from '../../store/db.js';
import type { Chronicle } from '../support/chronicle.js';
import { playAll } from '../support/scenes.js';
import type { Small } from '../support/small.js';

/** Something that is done once in a life, as soon as something holds of it. */
interface Deed {
  spec: ActSpec;
  /** In SQL: what must hold. */
  once: string;
}

/** Coordinators who do these things one after the other, each as soon as it may be done. */
function coordinators(...deeds: Deed[]): Meddle {
  const left = [...deeds];
  async function intervene(store: Store, edition: string, at: number): Promise<void> {
    const [next] = left;
    if (next === undefined) return;
    const { rows } = await store.pool.query<{ so: boolean }>(`select exists (${next.once}) as so`);
    if (rows[0]?.so !== true) return;
    const done = await doAct(store, { edition, spec: next.spec, reason: 'vu en comité', realNow: at });
    if (!done.ok) throw new Error(JSON.stringify(done));
    left.shift();
  }
  return ({ people, ...deps }) => ({
    ...deps,
    ...(people && {
      people: {
        ...people,
        async actUntil(at, edition) {
          await people.actUntil(at, edition);
          await intervene(deps.store, edition, at);
        },
      },
    }),
  });
}

const scenes = {
  back: {
    meddle: coordinators({
      spec: { act: 'back', step: 'shortlist', silent: true },
      once: `select 1 from ask a join ask_person p on p.ask = a.id where a.kind = 'prepare' and p.closed = 'answered'`,
    }),
  },
  backInAProject: {
    meddle: coordinators({
      spec: { act: 'back', step: 'roadmap' },
      once: `select 1 from ask where step = 'roadmap-approval' and outcome is null`,
    }),
  },
  skipped: {
    meddle: coordinators({
      spec: { act: 'skip', step: 'introductions' },
      once: `select 1 from ask where kind = 'introduction' and outcome is null`,
    }),
  },
  sitting: {
    meddle: coordinators({
      spec: { act: 'sitting-cancel', body: 'bureau', date: '2026-03-24' },
      once: `select 1 from fact where what = 'sitting' and items = array['2026-03-24']`,
    }),
  },
} satisfies Record<string, Small>;

const { scene } = playAll(scenes);

const asked = (now: Chronicle, ...steps: string[]) =>
  now.asks
    .filter((ask) => steps.includes(ask.step))
    .map(({ id, outcome }) => `${id.slice('small.'.length)} ${outcome}`)
    .sort();

test('back to the shortlist: it is asked again, and all that follows; what runs beside it goes on, and nobody is told', async () => {
  const now = await scene('back').toTheEnd();
  expect(now.status).toBe('closed');
  expect(asked(now, 'shortlist', 'jury')).toEqual([
    'jury.seat.-.v1.-.g1 complete',
    'shortlist.shortlist.-.v1.-.g1 complete',
    'shortlist.shortlist.-.v1.-.g2 complete',
  ]);
  expect(asked(now, 'pitch-preparation').filter((line) => line.includes('.g2 '))).toEqual(
    asked(now, 'pitch-preparation')
      .filter((line) => line.includes('.g1 '))
      .map((line) => line.replace('.g1 cancelled', '.g2 complete').replace('.g1 ', '.g2 ')),
  );
  expect(now.mails.filter(({ template }) => template === 'back')).toEqual([]);
  expect(now.mails.filter(({ template }) => template === 'letter')).toHaveLength(2);
});

test('back to the roadmap of a project: its circuit begins anew, and who was asked is told once', async () => {
  const now = await scene('backInAProject').toTheEnd();
  expect(now.status).toBe('closed');
  expect(asked(now, 'roadmap', 'roadmap-approval')).toEqual([
    'roadmap-approval.approve.p-01.v1.1.g1 cancelled',
    'roadmap-approval.approve.p-01.v1.1.g2 complete',
    'roadmap-approval.approve.p-01.v1.2.g2 complete',
    'roadmap.document.p-01.v1.-.g1 complete',
    'roadmap.document.p-01.v1.-.g2 complete',
  ]);
  expect(now.mails.filter(({ template }) => template === 'back').map(({ person }) => person)).toEqual(['applicant-01', 'transports']);
});

test('introductions that are skipped: their asks are cancelled, and the roadmap is asked for', async () => {
  const now = await scene('skipped').toTheEnd();
  expect(asked(now, 'introductions')).toEqual([
    'introductions.introduction.p-01.v1.m-01.g1 cancelled',
    'introductions.introduction.p-01.v1.m-02.g1 cancelled',
    'introductions.pairs.p-01.v1.-.g1 complete',
  ]);
  expect(now.finished('p-01')[0]).toMatch(/^introductions .* skipped$/);
  expect(now.status).toBe('closed');
});

test('a sitting that is cancelled after filing is as if it had been adjourned: the file goes to the next', async () => {
  const now = await scene('sitting').toTheEnd();
  expect(asked(now, 'outcome-approval')).toEqual([
    'outcome-approval.approve.p-01.v1.1.g1 complete',
    'outcome-approval.proposal.p-01.v1.-.g1 complete',
    'outcome-approval.sitting.p-01.v1.2026-03-24.g1 closed',
    'outcome-approval.sitting.p-01.v1.2026-04-21.g1 complete',
  ]);
});
