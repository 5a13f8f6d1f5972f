import type { Store, Tx } from '../db.js';
import { type Planned, perform, type When } from './change.js';
import { type Act, lockPlace, type Refusal } from './place.js';

/** A link goes to the same address once in this time, whoever asks for it. */
export const freshLinkEveryMs = 5 * 60_000;

type Asked = { request: string } & When;

/** Queues a mail with a link to the same address; once in five minutes is enough, and nobody is told whether the place exists. */
export const freshLink = (store: Store, act: Asked): Promise<Act> => perform(store, act, (tx) => planFreshLink(tx, act));

async function planFreshLink(tx: Tx, { request, ...when }: Asked): Promise<Planned<object> | Refusal> {
  const place = await lockPlace(tx, request, when);
  if (place === undefined) return { ok: false, reason: 'unknown' };
  const { row, person, at, ask } = place;
  const key = `link.${request}.${Math.floor(at / freshLinkEveryMs)}`;
  const { rows } = await tx.query('select 1 from outbox where key = $1', [`${row.id}.${key}`]);
  if (rows.length > 0) return { ok: true, actor: person, change: { edition: row.id, at }, done: {} };
  return {
    ok: true,
    actor: person,
    change: {
      edition: row.id,
      at,
      entries: [{ verb: 'link.asked', subject: ask.id }],
      mail: { dueAt: at, mails: [{ key, person, template: 'link', context: { request } }] },
      wake: row.status === 'running' || row.status === 'paused', // of an edition that is over, nothing is left to wake: the sweep delivers
    },
    done: {},
  };
}
