/**
 * How much dearer something is for eight times the size, in processor time of this process: 8 for what is linear, 64 for what is quadratic. No
 * duration of its own, so that a slow machine gives the same figure.
 * @param cost does it for a size of `times` times the smallest
 */
export async function growth(cost: (times: 1 | 8) => unknown): Promise<number> {
  const of = async (times: 1 | 8) => {
    const before = process.cpuUsage();
    await cost(times);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  await of(1); // what is compiled and loaded is not counted
  let best = Number.POSITIVE_INFINITY;
  // a collection of garbage, or a neighbour, makes one measure dearer, never cheaper: what is quadratic is so three times out of three
  for (let tries = 0; tries < 3 && best > linear; tries++) best = Math.min(best, (await of(8)) / Math.max(await of(1), leastMs));
  return best;
}

/** What is linear, with some noise. */
const linear = 12;

/** Less than that is noise. */
const leastMs = 10;
