import { readConfig } from '../config.js';
import { DataInUse } from './lock.js';
import { wordsIn } from './messages.js';
import { type Ready, type Up, type UpOptions, up } from './up.js';

/**
 * Brings the stack up, tells `ready`, and runs until Ctrl-C (or SIGTERM, or the terminal goes away) or until a part fails; then stops
 * everything in order. A second Ctrl-C leaves at once: the guard ends what still runs. Returns the exit code: 0 when it was asked to
 * stop, 1 when something failed. Throws, in words for people, when it could not start.
 */
export async function runInForeground(
  options: UpOptions,
  ready: (addresses: Ready, pids: Record<string, number>) => void,
): Promise<number> {
  const config = options.config ?? readConfig();
  const say = wordsIn(config.language);
  const { progress = () => undefined } = options;
  const interruption = new AbortController();
  const interrupted = new Promise<void>((resolve) => interruption.signal.addEventListener('abort', () => resolve(), { once: true }));
  let times = 0;
  const onSignal = () => {
    if (times++ > 0) process.exit(1);
    progress(say.stopping());
    interruption.abort(new Error(say.interrupted()));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  try {
    const stack: Up = await up({ ...options, config, signal: interruption.signal });
    ready(stack.ready, stack.services.pids);
    const failure = await Promise.race([stack.failed, interrupted]);
    if (failure) progress(`${failure.message}\n${failure.detail}`);
    await stack.stop();
    progress(say.stopped());
    return failure ? 1 : 0;
  } catch (error) {
    progress(
      error instanceof DataInUse ? inUse(error, options.dataDir ?? '', say) : error instanceof Error ? error.message : String(error),
    );
    return 1;
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}

function inUse({ held }: DataInUse, dataDir: string, say: ReturnType<typeof wordsIn>): string {
  const where = Object.entries(held.addresses)
    .map(([name, address]) => `  ${name}: ${address}\n`)
    .join('');
  return say.dataRunning(dataDir, held.holder.pid, where);
}
