import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Installation } from '../client/installation.js';
import { countInstallation } from '../client/measures.js';
import type { Transport } from '../mail/transport.js';

/** What a worker process measures: its own work, and what the database counts. */
export interface WorkerMeasures {
  registry: Registry;
  /** The same transport, each attempt counted by its result and timed. */
  sending(transport: Transport): Transport;
  /** The same activities, each timed and its failures counted. */
  working<A extends object>(activities: A): A;
}

/** Measures of one process. */
export function workerMeasures(installation: Pick<Installation, 'store' | 'realNow'>): WorkerMeasures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countInstallation(registry, installation);
  const sends = new Counter({
    name: 'troismains_mail_attempts_total',
    help: 'Attempts to hand a mail to the mail server, by what it said: accepted, refused, not-taken, uncertain',
    labelNames: ['result'] as const,
    registers: [registry],
  });
  const sendSeconds = new Histogram({
    name: 'troismains_mail_attempt_seconds',
    help: 'How long an attempt took',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [registry],
  });
  const activitySeconds = new Histogram({
    name: 'troismains_activity_seconds',
    help: 'How long an activity took: reviewEdition, deliver, sweep, watch, openCohort; result ok or failed',
    labelNames: ['activity', 'result'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300],
    registers: [registry],
  });
  return {
    registry,
    sending: (transport) => ({
      ...transport,
      async send(mail) {
        const done = sendSeconds.startTimer();
        const result = await transport.send(mail);
        done();
        sends.inc({ result: result.state });
        return result;
      },
    }),
    working<A extends object>(activities: A): A {
      const timed = Object.entries(activities).map(([activity, work]: [string, unknown]) => {
        if (typeof work !== 'function') return [activity, work];
        const doing = async (...input: unknown[]) => {
          const done = activitySeconds.startTimer({ activity });
          try {
            const result: unknown = await work(...input);
            done({ result: 'ok' });
            return result;
          } catch (error) {
            done({ result: 'failed' });
            throw error;
          }
        };
        return [activity, doing];
      });
      return Object.fromEntries(timed) as A; // the same names, each doing what it did
    },
  };
}
