import { stillMs } from './limit.mjs';

/**
 * Waits until `so` answers something, and answers it. Never gives up on what goes on: only when nothing has moved for `stillMs`.
 * @param failure what is wrong when it never comes, for whoever reads it: `no mail`
 * @param moving what changes as long as it goes on: rows, events, lines of output; left out, what `so` answers is all there is to see
 * @throws what `so` throws; and an Error that says what is wrong, and what was last seen to move
 */
export async function until<T>(
  failure: string,
  so: () => Promise<T | undefined | false> | T | undefined | false,
  moving: () => unknown = () => undefined,
): Promise<T> {
  let last = '';
  let movedAt = Date.now();
  for (;;) {
    const lookedAt = Date.now();
    const found = await so();
    if (found !== undefined && found !== false) return found;
    const seen = String(await moving());
    if (seen !== last) movedAt = Date.now();
    last = seen;
    if (Date.now() - movedAt > stillMs)
      throw new Error(`${failure}, and nothing has moved for ${stillMs / 60_000} minutes; last seen: ${last}`);
    // what is long to look at is looked at less often, so that it is not slowed down by that
    await new Promise((resolve) => setTimeout(resolve, Math.max(25, 3 * (Date.now() - lookedAt))));
  }
}
