import { type Config, readConfig } from '../config.js';
import { type ChildName, type InstallationEnvironment, installation, startChild } from './children.js';
import { type Progress, wordsIn } from './messages.js';
import { choosePort, DEFAULT_PORTS, type PortName } from './ports.js';
import { type PartName, type Services, startServices } from './services.js';
import type { Failure } from './supervise.js';

/** The addresses of a stack that is ready: what `troismains up --json` prints on one line. Null where there is no demonstration. */
export type Ready = {
  console: string;
  signIn: string | null;
  mailbox: string;
  page: string | null;
  temporal: string;
  temporalUi?: string;
  postgres: string;
  data: string;
};

/** A running stack: services, worker, web and, when asked, a demonstration edition. */
export type Up = { ready: Ready; services: Services; failed: Promise<Failure>; stop(): Promise<void> };

/** What to bring up. `prepare` runs once the services are there, before the worker and the web; `startDemo` once these serve. */
export type UpOptions = {
  demo?: boolean;
  ephemeral?: boolean;
  /** Port wished for the console. */
  port?: number;
  dataDir?: string;
  progress?: Progress;
  config?: Config;
  /** Interrupts what is being started; `up` then throws its reason once all is stopped. */
  signal?: AbortSignal;
  children?: ChildName[];
  parts?: PartName[];
  /** Ports wished for the services. */
  ports?: Partial<Record<PortName, number>>;
  prepare?(services: Services, environment: InstallationEnvironment): Promise<void>;
  /** A way into the console. */
  signIn?(environment: InstallationEnvironment): Promise<string>;
  startDemo?(services: Services, environment: InstallationEnvironment): Promise<{ signIn: string; page: string }>;
};

/** Brings the whole stack up and waits until it serves. Throws, with nothing left running, when it cannot. */
export async function up(options: UpOptions): Promise<Up> {
  const { demo = false, ephemeral = false, dataDir, progress = () => undefined, signal, children = ['worker', 'web'] } = options;
  const config = options.config ?? readConfig();
  const say = wordsIn(config.language);
  const services = await startServices({ dataDir, ephemeral, progress, config, signal, parts: options.parts, ports: options.ports });
  const interrupt = () => void services.stop();
  signal?.addEventListener('abort', interrupt, { once: true });
  let starting: Promise<void>[] = [];
  try {
    signal?.throwIfAborted();
    const wish = options.port ?? (ephemeral ? 0 : DEFAULT_PORTS.console);
    const port = await choosePort(wish, (got) => progress(say.portTaken('Console', wish, got)));
    const environment = await installation(services, config, port);
    if (options.prepare) {
      progress(say.settingUp());
      await options.prepare(services, environment);
    }
    starting = children.map(async (name) => {
      const sinceMs = Date.now();
      await startChild(name, services, environment);
      progress(say.ready(name, name === 'web' ? `127.0.0.1:${port}` : services.temporal.address, Date.now() - sinceMs));
    });
    await Promise.all(starting);
    if (demo && options.startDemo) progress(say.demo());
    const started = demo ? await options.startDemo?.(services, environment) : undefined;
    const ready: Ready = {
      console: `http://127.0.0.1:${port}`,
      signIn: started?.signIn ?? (await options.signIn?.(environment)) ?? null,
      mailbox: services.mailbox.url,
      page: started?.page ?? null,
      temporal: services.temporal.address,
      ...(services.temporal.ui ? { temporalUi: services.temporal.ui } : {}),
      postgres: services.postgres.url,
      data: services.dataDir,
    };
    await services.announce({ console: ready.console });
    return { ready, services, failed: services.failed, stop: services.stop };
  } catch (error) {
    const failure = await services.failureBehind(error);
    await services.stop();
    await Promise.allSettled(starting);
    signal?.throwIfAborted();
    throw failure ? new Error(`${failure.message}\n${failure.detail}`, { cause: error }) : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
