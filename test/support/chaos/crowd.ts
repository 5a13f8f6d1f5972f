import { draw } from '../../../rehearsal/answers.js';
import { type Acting, type Script, scriptedPeople } from '../../../rehearsal/people.js';
import { answer } from '../../../store/acts/answer.js';
import { saveApplication, startApplication } from '../../../store/acts/application.js';
import { delegate } from '../../../store/acts/delegate.js';
import type { Act } from '../../../store/acts/place.js';
import type { Store } from '../../../store/db.js';
import { openCoordinators } from './coordinators.js';
import type { Answering } from './crew.js';
import type { Struck } from './havoc.js';
import type { Pages, Posted, Wake } from './pages.js';
import type { Plan, Progress } from './plan.js';

/** What somebody was told was recorded: by a page (its number of yeses is kept), or by the store itself. */
export interface Promised {
  request: string;
  did: 'answered' | 'delegated' | 'applied';
  at: number;
  by: 'page' | 'store';
  /** Whether a mail had brought them a link; if not, they came by in person. */
  hadLink: boolean;
  /** How many posts of this act were each told that it was recorded. */
  recorded: number;
}

/** An act whose wake was lost, done behind the review that had reached its instant: only the sweep can tell the engine of it. */
export interface Behind {
  /** The place it was done on; undefined where somebody began an application. */
  request: string | undefined;
  did: Promised['did'];
  /** The instant it is dated, that of the review it was done behind, and that of the review after it: business instants, epoch ms. */
  at: number;
  reviewedAt: number;
  seenAt: number | null;
  /** Something was away between the two reviews, or the sweep could not look. */
  disturbed: boolean;
}

/** What a person remembers, as the guarantees want it. */
export interface Deed {
  ask: string;
  person: string;
  at: number;
  did: 'answered' | 'delegated';
}

/** The people of one edition, who live on when workers die. */
export interface Crowd {
  /** Answers a worker in the middle of its review. */
  answering: Answering;
  promised: readonly Promised[];
  deeds: readonly Deed[];
  behind: readonly Behind[];
  /** The business instant now: the last that was reached, and what passed since. */
  now(): number;
  /** Real instant (epoch ms) at which a worker last said something. */
  heardAt(): number;
  /** Waits until nobody is in the middle of an act. */
  settled(): Promise<unknown>;
}

/** What a crowd needs. */
export interface CrowdInput {
  plan: Plan;
  edition: string;
  clockOffsetMs: number;
  store: Store;
  script: Script;
  pages: Pages;
  /** Something is about to happen; it answers how often an act is posted at once, and hears when it was. */
  happened(what: Progress): Promise<Struck>;
  wake(): Promise<unknown>;
  /** Has the sweep look, once and to its end. */
  sweep(): Promise<unknown>;
  /** How many processes, services and connections were taken away so far; undefined while one is. */
  losses(): number | undefined;
  /** Hears of what coordinators did by hand. */
  byHand(deed: string): void;
}

/** Gathers the people of an edition. */
export function gather({ plan, edition, clockOffsetMs, store, script, pages, happened, wake, sweep, losses, byHand }: CrowdInput): Crowd {
  const promised: Promised[] = [];
  const deeds: Deed[] = [];
  const behind: Behind[] = [];
  /** What was done behind the last review, and how much was taken away before it. */
  let unseen: { acts: Behind[]; losses: number | undefined } | undefined;
  let reached = { at: 0, real: Date.now() };
  const roll = (...about: string[]) => draw(plan.seed, ...about);
  const wakeOf = (about: string): Wake =>
    roll('wake', about) < plan.wakesLost ? 'lost' : roll('wake', about) < plan.wakesLost + plan.wakesDoubled ? 'doubled' : 'sent';

  /** Acts by page where the link has arrived and the dice have it so; otherwise as if somebody had come by. */
  async function act(
    about: { request: string | undefined; key: string; did: Promised['did']; realNow: number },
    { page, self }: { page(how: { wake: Wake; times: number }): Promise<Posted>; self(): Promise<Act> },
  ): Promise<Act> {
    const { request, key, did, realNow } = about;
    const { times, posted } = await happened('answer');
    const becomes = wakeOf(key);
    const late = (act: Act): Act => {
      if (act.ok && becomes === 'lost')
        unseen?.acts.push({ request, did, at: realNow + clockOffsetMs, reviewedAt: reached.at, seenAt: null, disturbed: false });
      return act;
    };
    const hadLink = request === undefined || pages.hasLink(request);
    const keep = (by: Promised['by'], recorded: number) =>
      request !== undefined && promised.push({ request, did, at: realNow + clockOffsetMs, by, hadLink, recorded });
    if (!hadLink || roll('pages', key) >= plan.pagesRate) {
      const done = await self();
      if (done.ok) keep('store', 1);
      if (done.ok && done.wake && becomes !== 'lost') await wake().catch(() => undefined);
      return late(done);
    }
    const { status, recorded, times: made } = await page({ wake: becomes, times });
    if (made > 1) posted();
    if (status === 303 || status === 202) {
      keep('page', recorded);
      return late({ ok: true, edition, wake: false });
    }
    return { ok: false, reason: status === 422 ? 'invalid' : status === 403 ? 'unknown' : 'already-answered' };
  }

  const acting: Acting = {
    answer: (given, { request, raw, realNow }) =>
      act(
        { request, key: `answer ${request}`, did: 'answered', realNow },
        {
          page: (how) => pages.post(request, { path: `/r/${request}`, drafts: `/r/${request}/draft`, fields: raw, realNow, ...how }),
          self: () => answer(given, { request, raw, realNow }),
        },
      ),
    delegate: (given, { request, name, email, realNow }) =>
      act(
        { request, key: `delegate ${request}`, did: 'delegated', realNow },
        {
          page: (how) => pages.post(request, { path: `/r/${request}/absent`, fields: { name, email }, realNow, ...how }),
          self: () => delegate(given, { request, name, email, realNow }),
        },
      ),
    startApplication: (given, { realNow, ...input }) =>
      act(
        { request: undefined, key: `start ${input.email}`, did: 'applied', realNow },
        {
          page: ({ wake }) => {
            const { name, email, title, relay } = input;
            return pages.apply(input.edition, { fields: { name, email, title, ...(relay && { relay }) }, realNow, wake, times: 1 });
          },
          self: () => startApplication(given, { ...input, realNow }),
        },
      ),
    saveApplication: (given, { request, raw, submit, realNow }) =>
      act(
        { request, key: `submit ${request}`, did: 'applied', realNow },
        {
          page: (how) => pages.post(request, { path: submit ? `/r/${request}` : `/r/${request}/draft`, fields: raw, realNow, ...how }),
          self: () => saveApplication(given, { request, raw, submit, realNow }),
        },
      ),
  };
  const coordinators = openCoordinators({ store, edition, clockOffsetMs, deeds: plan.deeds });
  const people = scriptedPeople({ store, edition, script, acting, did: (deed) => deeds.push(deed) });

  // one review's people at a time, whichever worker asks: a person is one person
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  };
  const actsBehind = (at: number) => roll('behind', String(Math.floor(at / 60_000))) < plan.behindRate;
  /**
   * While a review is under way no time is skipped: the sweep looks now. Once it is over, time jumps to the next instant at which something is due,
   * whatever that is, and a wake that nobody owed would never be missed.
   */
  const actBehind = async () => {
    unseen ??= { acts: [], losses: losses() };
    const { acts } = unseen;
    const before = acts.length;
    await people.actUntil(reached.at, edition);
    behind.push(...acts.slice(before));
    if (acts.length === before || !(await ageDebt())) return;
    await sweep().catch(() => {
      for (const act of acts) act.disturbed = true;
    });
  };
  /** Makes a wake that is owed look as old as the sweep wants it, by the clock of any worker; whether one is. */
  const ageDebt = async () => {
    const { rowCount } = await store.pool.query(
      `update pending_wake set since = since - interval '1 year', woken_at = null where edition = $1`,
      [edition],
    );
    return (rowCount ?? 0) > 0;
  };
  const answering: Answering = (what, args) =>
    inTurn(async () => {
      if (what === 'actUntil') {
        const at = Number(args[0]);
        for (const act of unseen?.acts ?? []) {
          act.seenAt = at;
          act.disturbed ||= unseen?.losses === undefined || unseen.losses !== losses();
        }
        unseen = undefined;
        reached = { at, real: Date.now() };
        await happened('heard');
        if (!actsBehind(at)) await people.actUntil(at, edition);
        for (const deed of await coordinators.act(at)) byHand(deed);
        await happened('acted');
        return undefined;
      }
      await happened('done');
      if (actsBehind(reached.at)) await actBehind();
      const [ofPeople, ofCoordinators] = [await people.nextAct(), coordinators.next()];
      return ofPeople === null || ofCoordinators === null ? (ofPeople ?? ofCoordinators) : Math.min(ofPeople, ofCoordinators);
    });
  return {
    answering,
    promised,
    deeds,
    behind,
    now: () => reached.at + (Date.now() - reached.real),
    heardAt: () => reached.real,
    settled: () => turn,
  };
}
