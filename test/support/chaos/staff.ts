import type { Answering, Crew, Hand } from './crew.js';

/** The processes of one life: its webs and its workers. Who is killed is replaced; who ends without having been killed is told of. */
export interface Staff {
  /** Kills the next in turn of those that run, and has another at work so long after; whether there was one. */
  killWorker(thenAfterMs: number): boolean;
  killWeb(thenAfterMs: number): boolean;
  /** Whether an engine's `identity` of a worker is one that is gone. */
  isGone(identity: string): boolean;
  /** Something that is on its way and must come to its end: a restart, a fault to come. */
  during(work: Promise<unknown>): void;
  /** Whether anything is. */
  isBusy(): boolean;
  /** Waits until nothing is. */
  settled(): Promise<void>;
  /** What ended, or failed, without having been asked to. */
  crashes: string[];
  /** Kills all. */
  leave(): void;
}

/** What processes are told. */
export interface StaffInput {
  crew: Crew;
  environment: Record<string, string>;
  clockOffsetMs: number;
  workers: number;
  /** The port of each web. */
  webPorts: readonly number[];
  answering: Answering;
}

/** So often something is started that needs what is away, this far apart: as a service is. */
const starts = 20;
const startAgainMs = 100;

/** Puts webs and workers to work; resolves when all serve. */
export async function openStaff({ crew, environment, clockOffsetMs, workers: count, webPorts, answering }: StaffInput): Promise<Staff> {
  const workers: Hand[] = [];
  const webs: Hand[] = [];
  const gone = new Set<number>();
  const underWay = new Set<Promise<unknown>>();
  const crashes: string[] = [];
  let over = false;

  const during = (work: Promise<unknown>) => {
    underWay.add(work);
    work.catch((error: unknown) => crashes.push(String(error))).finally(() => underWay.delete(work));
  };
  const hire = async (...[role, go, asked]: Parameters<Crew['hire']>): Promise<Hand | undefined> => {
    for (let tries = 1; !over; tries++)
      try {
        return await crew.hire(role, go, asked);
      } catch (error) {
        if (tries === starts) throw error;
        await pause(startAgainMs);
      }
    return undefined;
  };
  const worker = {
    environment,
    clockOffsetMs,
    // an installation is more patient, with servers that are silent and with workers that are gone: that is time, and shows nothing
    transportLimits: { connectTimeoutMs: 1_500, silenceTimeoutMs: 400 },
    options: { stickyQueueScheduleToStartTimeout: '500ms' },
  };
  const hireWorker = async (place: number): Promise<void> => {
    const hand = await hire('worker', worker, answering);
    if (hand === undefined) return;
    workers[place] = hand;
    void hand.gone.then(({ killed, how }) => {
      gone.add(hand.pid);
      if (killed || over) return;
      crashes.push(`a worker ended by itself: ${how}`);
      during(hireWorker(place));
    });
  };
  const hireWeb = async (place: number): Promise<void> => {
    const hand = await hire('web', { environment: { ...environment, PORT: String(webPorts[place]) } });
    if (hand !== undefined) webs[place] = hand;
  };
  const killing = (hands: readonly Hand[], replace: (place: number) => Promise<void>) => {
    let turn = 0;
    return (thenAfterMs: number): boolean => {
      const places = hands.map((_, n) => (turn + n) % hands.length);
      const place = places.find((one) => hands[one]?.alive());
      const hand = place === undefined ? undefined : hands[place];
      if (place === undefined || hand === undefined) return false;
      turn = place + 1;
      hand.kill();
      during(hand.gone.then(() => pause(thenAfterMs)).then(() => replace(place)));
      return true;
    };
  };
  const leave = () => {
    over = true;
    for (const hand of [...workers, ...webs]) hand?.kill();
  };
  try {
    await Promise.all([...webPorts.map((_, place) => hireWeb(place)), ...Array.from({ length: count }, (_, place) => hireWorker(place))]);
  } catch (error) {
    leave();
    throw error;
  }
  return {
    killWorker: killing(workers, hireWorker),
    killWeb: killing(webs, hireWeb),
    isGone: (identity) => gone.has(Number(identity.split('@')[0])),
    during,
    isBusy: () => underWay.size > 0,
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    crashes,
    leave,
  };
}

const pause = (ms: number) => new Promise<void>((soon) => setTimeout(soon, ms));
