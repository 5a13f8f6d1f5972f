/** Personas as a script: when each person acts, and what they do, drawn from (seed, ask, person, question). */

import type { Raw } from '../../domain/asks/forms.js';
import { type Calendar, calendarOf } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import { isDelegable } from '../../domain/kinds/index.js';
import type { AskView } from '../../domain/view.js';
import { plainAnswer } from '../answers.js';
import type { Deed, Moment, OpenPlace, Script } from '../people.js';
import { applicantsOf } from './applicants.js';
import { answered, behaviourOf, type Dice, dice } from './behaviour.js';
import { choose } from './choices.js';
import type { Personas } from './read.js';
import type { Behaviour, Rule } from './schema.js';

/** The people of an edition, as personas have them behave. */
export function personaScript(personas: Personas, { edition, seed }: { edition: Edition; seed: number }): Script {
  const calendar = calendarOf(edition.territory);
  const { rules } = personas;
  return {
    when: (place) => momentOf(place, { rules, calendar, seed }),
    deed: (view) => deedOf(view, { rules, calendar, seed }),
    ...(edition.forms?.application === undefined ? {} : { applies: (view: AskView) => plainAnswer(view, seed) }),
    applicants: applicantsOf(personas, { edition, calendar, seed }),
  };
}

interface Stage {
  rules: readonly Rule[];
  calendar: Calendar;
  seed: number;
}

function momentOf(place: OpenPlace, { rules, calendar, seed }: Stage): Moment | undefined {
  const { person, role, step, kind, asked: since } = place;
  const behaviour = behaviourOf(rules, { person, role, step, kind, since });
  if (dice(seed, place.ask, person).happens('neverAnswers', behaviour.neverAnswers)) return undefined;
  // applications are ruled on in one go
  const moment = answered(place, { behaviour, roll: dice(seed, kind === 'eligibility' ? step : place.ask, person), calendar });
  const mayPassOn = isDelegable(kind) && behaviour.delegates !== undefined && behaviour.delegates !== false;
  return moment === undefined || kind === 'approve' || mayPassOn ? moment : { ...moment, quiet: true };
}

function deedOf(view: AskView, { rules, calendar, seed }: Stage): Deed {
  const { person, ask, onBehalfOf } = view;
  const since = calendar.dateOf(ask.openedAt ?? view.at);
  const behaviour = behaviourOf(rules, { person: person.id, role: person.role, step: ask.step, kind: ask.kind, since });
  const roll = dice(seed, ask.id, person.id);
  // who answers for somebody else does not pass it on again
  if (onBehalfOf === undefined && isDelegable(ask.kind) && roll.happens('delegates', behaviour.delegates))
    return { delegate: { name: `Remplaçant·e de ${person.name}`, email: `pour.${person.id}@repetition.example` } };
  const raw: Raw = { ...plainAnswer(view, seed), ...choose(view, roll, calendar), ...saysNo(view, behaviour, roll) };
  return { answer: raw };
}

const why = 'Parce que la répétition le veut ainsi.';

/** What somebody says instead of yes, if the dice have it so. Changes are asked for once: the second version is not sent back. */
function saysNo({ ask }: AskView, behaviour: Behaviour, roll: Dice): Raw {
  switch (ask.kind) {
    case 'approve':
      if (roll.happens('refuses', behaviour.refuses)) return { decision: 'refused', remarks: why };
      if (ask.version === 1 && ask.generation === 1 && roll.happens('asksForChanges', behaviour.asksForChanges))
        return { decision: 'changes-requested', remarks: why };
      return {};
    case 'sitting':
      return roll.happens('refuses', behaviour.refuses) ? { decision: 'rejected', remarks: why } : {};
    case 'session':
      return roll.happens('missesSession', behaviour.missesSession) ? { held: 'no', attendance: '', newcomers: '' } : {};
    case 'seat':
      return roll.happens('declines', behaviour.declines) ? { seat: 'no' } : {};
    case 'prepare':
      return roll.happens('declines', behaviour.declines) ? { confirm: 'no' } : {};
    case 'relay':
      return roll.happens('declines', behaviour.declines) ? { spread: 'no' } : {};
    case 'introduction':
      return roll.happens('declines', behaviour.declines) ? { met: 'not-possible' } : {};
    default:
      return {};
  }
}
