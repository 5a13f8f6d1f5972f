import { problemOfText, tidyLine } from '../../domain/text.js';
import type { Locale } from '../../domain/words.js';
import type { Tx } from '../db.js';
import { peopleOf } from '../people.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockPeople, type OnEdition } from './on-edition.js';

/** Corrects how somebody is called, or the language in which they are written to. Nobody is told: it changes nothing that is asked. */
export async function planEditPerson(
  tx: Tx,
  act: OnEdition & { person: string; name?: string; language?: Locale },
): Promise<Planned<object> | NotDone> {
  const { person, name, language, reason, actor = 'coordinator' } = act;
  const found = await lockPeople(tx, act);
  if (!found.ok) return found;
  const { row, at } = found;
  const known = (await peopleOf(tx, row.id, [person])).get(person);
  if (known === undefined) return { ok: false, reason: 'no-person' };
  if (name !== undefined && problemOfText(name, 'text') !== undefined) return { ok: false, reason: 'name' };
  const next = { name: name === undefined ? known.name : tidyLine(name), locale: language ?? known.locale };
  const what = [...(next.name === known.name ? [] : ['name']), ...(next.locale === known.locale ? [] : ['language'])];
  if (what.length === 0) return { ok: false, reason: 'same' };
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      write: (tx) =>
        tx.query('update person set name = $3, locale = $4 where edition = $1 and id = $2', [row.id, person, next.name, next.locale]),
      entries: [{ verb: 'person.edited', subject: person, detail: { what: what.join(', ') }, reason }],
    },
    done: {},
  };
}
