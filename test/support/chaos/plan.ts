import { draw } from '../../../rehearsal/answers.js';
import type { SmtpFault } from './sink.js';

/**
 * Where a run is, counted from 1: a review begins (`heard`), its people have acted (`acted`), it is committed (`done`), the mail server has taken a
 * mail and not said so yet (`mail`), somebody is about to act (`answer`).
 */
const progress = ['heard', 'acted', 'done', 'mail', 'answer'] as const;
export type Progress = (typeof progress)[number];

/** What goes wrong at one point of a run. */
export const faultKinds = [
  'worker-kill',
  'web-kill',
  'temporal-kill',
  'temporal-freeze',
  'postgres-fast',
  'postgres-immediate',
  'connection-drop',
  'twenty-posts',
  'double-post',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault that a seed has planned: so many milliseconds after the nth of such moments, for so long. */
export interface PlannedFault {
  kind: FaultKind;
  on: Progress;
  n: number;
  afterMs: number;
  forMs: number;
}

/** What coordinators do to an edition while it runs. */
const deeds = ['nudge', 'extend', 'closure', 'move', 'message', 'pause'] as const;

/** One of them, after the people of the nth review have acted; `days`: by how much, or for how long. */
export interface PlannedDeed {
  deed: (typeof deeds)[number];
  n: number;
  days: number;
}

/** All that a seed draws. Rates are of 1. */
export interface Plan {
  seed: number;
  /** Which change of the clocks the edition lives through. */
  clocks: 'spring' | 'autumn';
  workers: 1 | 2;
  webs: 1 | 2;
  /** How many projects may be retained. */
  projects: 1 | 2;
  /** How many mails the server fails with. */
  smtpRate: number;
  /** How many acts go through pages. */
  pagesRate: number;
  /** How many wakes never arrive, and how many arrive twice. */
  wakesLost: number;
  wakesDoubled: number;
  /** At how many instants people act just after the review that reached it, so that only a wake tells of it. */
  behindRate: number;
  /** Whether nearly all that goes wrong goes wrong within three answers. */
  storm: boolean;
  faults: PlannedFault[];
  /** What coordinators do by hand. */
  deeds: PlannedDeed[];
}

/** How often each moment comes in the life of the small edition, roughly: what is planned later is not reached. */
const usual: Record<Progress, number> = { heard: 130, acted: 130, done: 130, mail: 90, answer: 36 };

/** When each kind may strike. */
const moments: Record<FaultKind, readonly Progress[]> = {
  'worker-kill': ['heard', 'acted', 'done', 'mail', 'answer'],
  'web-kill': ['answer', 'mail'],
  'temporal-kill': ['answer', 'acted', 'done', 'mail'],
  'temporal-freeze': ['answer', 'acted', 'done'],
  'postgres-fast': ['acted', 'mail', 'answer'],
  'postgres-immediate': ['acted', 'mail', 'answer', 'done'],
  'connection-drop': ['acted'],
  'twenty-posts': ['answer'],
  'double-post': ['answer'],
};

/** How many of each kind a seed has, at most; a worker is killed at least once. */
const most: Record<FaultKind, number> = {
  'worker-kill': 2,
  'web-kill': 2,
  'temporal-kill': 1,
  'temporal-freeze': 1,
  'postgres-fast': 1,
  'postgres-immediate': 1,
  'connection-drop': 2,
  'twenty-posts': 2,
  'double-post': 2,
};

/** What a seed has in store. The same seed, the same plan. */
export function planOf(seed: number): Plan {
  const roll = (...about: string[]) => draw(seed, 'chaos', ...about);
  const oneOf = <T>(list: readonly [T, ...T[]], ...about: string[]): T => list[Math.floor(roll(...about) * list.length)] ?? list[0];
  const storm = roll('storm') < 0.25;
  const stormAt = 5 + Math.floor(roll('storm', 'at') * 25);
  const faults = faultKinds.flatMap((kind) => {
    const least = kind === 'worker-kill' ? 1 : 0;
    const count = least + Math.floor(roll(kind, 'count') * (most[kind] - least + 1));
    return Array.from({ length: count }, (_, index): PlannedFault => {
      const about = (what: string) => roll(kind, String(index), what);
      const drawn = moments[kind][Math.floor(about('on') * moments[kind].length)] ?? 'answer';
      const on = storm && moments[kind].includes('answer') ? 'answer' : drawn;
      return {
        kind,
        on,
        n: storm && on === 'answer' ? stormAt + Math.floor(about('n') * 3) : 1 + Math.floor(about('n') * usual[on]),
        afterMs: about('at once') < 0.5 ? 0 : Math.floor(about('after') * 30),
        forMs:
          kind === 'temporal-freeze' || kind === 'temporal-kill' ? 100 + Math.floor(about('for') * 900) : Math.floor(about('for') * 200),
      };
    });
  });
  const byHand = Array.from({ length: Math.floor(roll('deeds') * 4) }, (_, index): PlannedDeed => {
    const about = (what: string) => roll('deed', String(index), what);
    return {
      deed: deeds[Math.floor(about('which') * deeds.length)] ?? 'nudge',
      n: 1 + Math.floor(about('n') * 0.8 * usual.acted),
      days: 1 + Math.floor(about('days') * 9),
    };
  });
  return {
    seed,
    deeds: byHand,
    clocks: oneOf(['spring', 'autumn'], 'clocks'),
    workers: roll('workers') < 0.3 ? 2 : 1,
    webs: roll('webs') < 0.3 ? 2 : 1,
    projects: roll('projects') < 0.3 ? 2 : 1,
    smtpRate: oneOf([0, 0.1, 0.2], 'smtp'),
    pagesRate: oneOf([0.6, 0.9], 'pages'),
    wakesLost: oneOf([0, 0.3, 1], 'lost'),
    wakesDoubled: oneOf([0, 0.3], 'doubled'),
    behindRate: oneOf([0, 0.5, 1], 'behind'),
    storm,
    faults,
  };
}

/** What a seed draws, lived by two workers and two webs of which one after the other is killed, all through the life, at moments of every kind. */
export function manyMachines(seed: number): Plan {
  const kills = 20;
  const faults = Array.from({ length: kills }, (_, index): PlannedFault => {
    const about = (what: string) => draw(seed, 'many machines', String(index), what);
    const on = progress[Math.floor(about('on') * progress.length)] ?? 'answer';
    return {
      kind: index % 2 === 0 ? 'worker-kill' : 'web-kill',
      on,
      n: 1 + Math.floor(((index + about('n')) / kills) * 0.8 * usual[on]),
      afterMs: Math.floor(about('after') * 30),
      forMs: Math.floor(about('for') * 2_000),
    };
  });
  return { ...planOf(seed), workers: 2, webs: 2, storm: false, faults };
}

const mailFaults: readonly [SmtpFault, ...SmtpFault[]] = [
  { moment: 'MAIL FROM', act: '451' },
  { moment: 'MAIL FROM', act: 'reset' },
  { moment: 'RCPT TO', act: '451' },
  { moment: 'RCPT TO', act: 'close' },
  { moment: 'DATA', act: '451' },
  { moment: 'DATA', act: 'close' },
  { moment: 'body', act: 'close' },
  { moment: 'body', act: 'reset' },
  { moment: '.', act: '451' },
  { moment: '.', act: 'close' },
  { moment: '.', act: 'reset' },
  { moment: '.', act: 'stall' },
  { moment: 'taken', act: 'close' },
  { moment: 'taken', act: 'reset' },
  { moment: 'taken', act: 'stall' },
  { moment: 'RCPT TO', act: '550' },
];

/** What the mail server does with the nth mail that is begun. */
export function mailFaultOf({ seed, smtpRate }: Plan, n: number): SmtpFault | undefined {
  if (draw(seed, 'mail', String(n)) >= smtpRate) return undefined;
  return mailFaults[Math.floor(draw(seed, 'mail', String(n), 'which') * mailFaults.length)];
}
