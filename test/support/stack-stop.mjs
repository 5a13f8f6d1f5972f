// jest globalTeardown: stops what stack.mjs started; a stack that somebody else keeps is left alone.
export default async () => {
  await globalThis.__troismainsStack?.stop();
};
