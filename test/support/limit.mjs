/**
 * How long nothing at all may move before a test says that it hangs, in milliseconds. It ends what would never end, and judges nothing: no
 * machine is that slow. `TEST_PATIENCE_MINUTES` raises it; jest's own limit of a test (jest.config.mjs) is six times as long.
 */
export const stillMs = Number(process.env.TEST_PATIENCE_MINUTES ?? 5) * 60_000;
