import { doAct, previewAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import type { CivilDate } from '../../domain/calendar.js';
import type { Preview } from '../../domain/preview.js';
import { findEdition } from '../../store/editions.js';
import { planNow } from '../../store/plans.js';
import type { Asked, Bench } from './edition.js';

/** An act on a bench's edition, with a reason. */
export const actOn = ({ id }: Bench, spec: ActSpec, realNow: number) => ({ edition: id, spec, reason: 'vu en réunion', realNow });

/** What an act would change; throws where there is no such edition, or ask. */
export async function previewOn(bench: Bench, spec: ActSpec, at: number): Promise<Preview> {
  const preview = await previewAct(bench.store, actOn(bench, spec, at));
  if (preview === 'unknown') throw new Error('there is such an edition');
  return preview;
}

/** Mails that change, each as `who rung ask about`, how, and when it would have left and leaves. */
type Changes = [string, string, number | null, number | null][];

/** What a preview said, and what happened, of two lives that differ by one act. */
export interface SaidAndDone {
  refused: boolean;
  said: { mails: Changes; dues: [string, CivilDate | null][] };
  done: { mails: Changes; dues: [string, CivilDate | null][] };
}

/**
 * Lives an edition twice until a day, nobody answering, with an act at an instant and without: what its preview said, and what became of it.
 * @param begin an edition with its asks open, the same whenever it is called
 */
export async function livedWithAndWithout(
  begin: () => Promise<Bench>,
  { asks, spec, at, until }: { asks: Asked[]; spec(bench: Bench): Promise<ActSpec>; at(bench: Bench): number; until: CivilDate },
): Promise<SaidAndDone> {
  const life = async (acts: boolean) => {
    const bench = await begin();
    const instant = at(bench);
    const wanted = await spec(bench);
    const preview = await previewOn(bench, wanted, instant);
    const acted = acts ? await doAct(bench.store, { ...actOn(bench, wanted, instant), basis: preview.basis }) : undefined;
    if (acted !== undefined && acted.ok !== (preview.refused === undefined))
      throw new Error('an act is refused when its preview is, and then only');
    const dues = await duesOf(bench);
    const plan = await planOf(bench, instant);
    for (const { id, project, after } of acted?.ok ? preview.plan.steps : [])
      if (project === undefined && JSON.stringify(plan.steps.find((step) => step.id === id)?.earliest) !== JSON.stringify(after))
        throw new Error(`${id} was said to be ${JSON.stringify(after)}`);
    await bench.live(instant + 1, bench.on(until), asks);
    const mails = (await bench.mails()).filter((mail) => mail.template === 'asks' && (mail.sent_at?.getTime() ?? 0) > instant);
    const lookedAt = (sent: number) => (sent === instant + 1 ? instant : sent); // the first look comes a moment after the act
    const plain = (text: string) => text.replaceAll(bench.id, 'e');
    const left = mails.flatMap((mail) =>
      mail.asks.map((item): [string, number] => [
        plain(`${mail.person} ${item.rung} ${item.ask} ${item.about ?? ''}`),
        lookedAt(mail.sent_at?.getTime() ?? 0),
      ]),
    );
    return { preview, plain, dues, left: new Map(left) };
  };
  const [without, done] = [await life(false), await life(true)];
  const { preview, plain } = done;
  const said = preview.mails.map(({ person, rung, ask, about, change, at: { before, after } }): Changes[number] => [
    plain(`${person} ${rung} ${ask} ${about ?? ''}`),
    change,
    before,
    after,
  ]);
  const changed = [...new Set([...without.left.keys(), ...done.left.keys()])].flatMap((key): Changes => {
    const [before = null, after = null] = [without.left.get(key), done.left.get(key)];
    if (before === after || key.includes(' nudge-')) return []; // a nudge is told, not a mail that leaves by itself
    return [[key, before === null ? 'added' : after === null ? 'cancelled' : 'moved', before, after]];
  });
  const dues = preview.asks.flatMap(({ ask, change, due }): [string, CivilDate | null][] =>
    change === 'moved' && due.before !== due.after ? [[plain(ask), due.after]] : [],
  );
  const moved = [...done.dues].flatMap(([ask, due]): [string, CivilDate | null][] =>
    without.dues.get(plain(ask).replace(/^e\./, 'e.')) === due || !done.dues.has(ask) ? [] : [[ask, due]],
  );
  return {
    refused: preview.refused !== undefined,
    said: { mails: said.sort(), dues: dues.sort() },
    done: { mails: changed.sort(), dues: moved.sort() },
  };
}

async function duesOf(bench: Bench): Promise<Map<string, CivilDate>> {
  const { rows } = await bench.store.pool.query<{ id: string; due: CivilDate }>(
    'select id, due from ask where edition = $1 and outcome is null and closing is null',
    [bench.id],
  );
  return new Map(rows.map(({ id, due }) => [id.replaceAll(bench.id, 'e'), due]));
}

async function planOf(bench: Bench, at: number) {
  const row = await findEdition(bench.store.pool, bench.id);
  if (row === undefined) throw new Error('there is such an edition');
  return planNow(bench.store.pool, row, { at });
}
