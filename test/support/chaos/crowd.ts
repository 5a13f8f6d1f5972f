import { draw } from '../../../rehearsal/answers.js';
import { type Acting, type Script, scriptedPeople } from '../../../rehearsal/people.js';
import { type Act, answer, delegate } from '../../../store/acts.js';
import { saveApplication, startApplication } from '../../../store/applying.js';
import type { Store } from '../../../store/db.js';
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
}

/** Gathers the people of an edition. */
export function gather({ plan, edition, clockOffsetMs, store, script, pages, happened, wake }: CrowdInput): Crowd {
  const promised: Promised[] = [];
  const deeds: Deed[] = [];
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
    const hadLink = request === undefined || pages.hasLink(request);
    const keep = (by: Promised['by'], recorded: number) =>
      request !== undefined && promised.push({ request, did, at: realNow + clockOffsetMs, by, hadLink, recorded });
    if (!hadLink || roll('pages', key) >= plan.pagesRate) {
      const done = await self();
      if (done.ok) keep('store', 1);
      if (done.ok && done.wake && becomes !== 'lost') await wake().catch(() => undefined);
      return done;
    }
    const { status, recorded, times: made } = await page({ wake: becomes, times });
    if (made > 1) posted();
    if (status === 303 || status === 202) {
      keep('page', recorded);
      return { ok: true, edition, wake: false };
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
  const people = scriptedPeople({ store, edition, script, acting, did: (deed) => deeds.push(deed) });

  // one review's people at a time, whichever worker asks: a person is one person
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  };
  const behind = (at: number) => roll('behind', String(Math.floor(at / 60_000))) < plan.behindRate;
  const answering: Answering = (what, args) =>
    inTurn(async () => {
      if (what === 'actUntil') {
        const at = Number(args[0]);
        reached = { at, real: Date.now() };
        await happened('heard');
        if (!behind(at)) await people.actUntil(at, edition);
        await happened('acted');
        return undefined;
      }
      await happened('done');
      if (behind(reached.at)) await people.actUntil(reached.at, edition);
      return people.nextAct();
    });
  return {
    answering,
    promised,
    deeds,
    now: () => reached.at + (Date.now() - reached.real),
    heardAt: () => reached.real,
    settled: () => turn,
  };
}
