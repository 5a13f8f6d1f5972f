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
  return (await of(8)) / Math.max(await of(1), leastMs);
}

/** Less than that is noise. */
const leastMs = 10;
