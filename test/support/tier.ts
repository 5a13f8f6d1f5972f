/** Whether everything is tested (`npm test -- --all`), and not only what a change must pass all day. */
export const isAll = Boolean(process.env.TEST_ALL);

/** How many cases of a property are tried: all of them with `--all`, a fifth of them all day. */
export const runs = (full: number): number => (isAll ? full : Math.ceil(full / 5));
