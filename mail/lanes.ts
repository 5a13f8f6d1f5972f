/** Does a piece of work once one of a few lanes is free: whoever has waited longest has it next. */
export type Lanes = <T>(work: () => Promise<T>) => Promise<T>;

/** So many lanes. */
export function openLanes(count: number): Lanes {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve)); // whoever leaves hands over their lane
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
