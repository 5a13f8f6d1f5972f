/** Which of the editions whose pages are open have changed: one statement every two seconds for all of them, and none while no page is open. */

/** Waits for the changes of editions. */
export interface Changes {
  /**
   * Waits until an edition's mark is another than `known` – or, without one, until its mark is known –, for so long at most (ms); undefined when it was
   * in vain, or nobody waits any more.
   */
  after(edition: string, known: string | undefined, within: { ms: number; signal: AbortSignal }): Promise<string | undefined>;
}

interface Waiting {
  edition: string;
  known: string | undefined;
  done(mark?: string): void;
}

/** @param read the mark of each of some editions, as it is now */
export function openChanges(
  read: (editions: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  { everyMs = 2_000 } = {},
): Changes {
  const waiting = new Set<Waiting>();
  let looking = false;

  async function look(): Promise<void> {
    looking = true;
    while (waiting.size > 0) {
      const marks = await read([...new Set([...waiting].map(({ edition }) => edition))]).catch(() => undefined); // it is looked again
      for (const { edition, known, done } of [...waiting]) {
        const mark = marks?.get(edition);
        if (mark !== undefined && mark !== known) done(mark);
      }
      await new Promise((over) => setTimeout(over, everyMs).unref());
    }
    looking = false;
  }

  return {
    after: (edition, known, { ms, signal }) =>
      new Promise((resolve) => {
        const one: Waiting = { edition, known, done };
        const timer = setTimeout(() => done(), ms);
        const over = () => done();
        function done(mark?: string) {
          waiting.delete(one);
          clearTimeout(timer);
          signal.removeEventListener('abort', over);
          resolve(mark);
        }
        if (signal.aborted) return done();
        signal.addEventListener('abort', over);
        waiting.add(one);
        if (!looking) void look();
      }),
  };
}
