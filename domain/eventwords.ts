/** What people call the events in their calendars. */

import type { CivilDate } from './calendar.js';
import type { EventDays, EventKind } from './events.js';
import type { IcsEntry } from './ics.js';
import { type Clock, dateInWords, hoursInWords } from './instants.js';
import type { StepId } from './steps.js';
import { type Locale, STEP_WORDS } from './words.js';

/** An event as its reader is told of it; titles and names as they were typed. */
export interface EventView extends EventDays {
  uid: string;
  sequence: number;
  state: 'confirmed' | 'cancelled';
  /** When it was last changed: business instant, epoch ms. */
  changedAt: number;
  kind: EventKind;
  step: StepId;
  /** The project's title. */
  project?: string;
  /** Which session of the series. */
  number?: string;
  /** The name of the body that sits. */
  body?: string;
  /** For an introduction: who the reader is to meet; left out in the edition's feed, which names nobody. */
  other?: string;
  /** The first day as it was told before, where this moves it. */
  was?: CivilDate;
  /** Its instants and its place, where its edition's file says them. */
  hours?: { from: number; to: number };
  place?: string;
  /** Nobody was told of it yet: it is in feeds, as the plan now stands. */
  planned?: true;
}

const colon = { fr: ' : ', en: ': ' };

/** What an event is, without its day: "Séance 3 – Parcours périnatalité". */
export function eventTitle({ kind, step, project, number, body, other }: EventView, locale: Locale): string {
  const fr = locale === 'fr';
  const about = project === undefined ? '' : ` – ${project}`;
  switch (kind) {
    case 'pitch':
      return fr ? 'Présentation des projets au jury' : 'The projects are presented to the jury';
    case 'session':
      return `${fr ? 'Séance' : 'Session'} ${number ?? ''}${about}`;
    case 'sitting':
      return `${body ?? STEP_WORDS[step][locale]} – ${project ?? STEP_WORDS[step][locale]}`;
    case 'introduction':
      return `${fr ? 'Rencontre' : 'Meeting'}${other === undefined ? '' : `${fr ? ' avec ' : ' with '}${other}`}${about}`;
    case 'restitution':
      return STEP_WORDS.restitution[locale];
  }
}

/** When it is, in words: "mercredi 7 juin"; an introduction has a last day only: "dâici au vendredi 9 juin". */
export function eventDays(
  { kind, first, last, hours }: Pick<EventView, 'kind' | 'first' | 'last' | 'hours'>,
  clock: Clock,
  locale: Locale,
): string {
  const day = dateInWords(first, clock, locale);
  if (kind === 'introduction') return locale === 'fr' ? `dâici au ${day}` : `by ${day}`;
  if (hours !== undefined) return `${day}, ${hoursInWords(hours, clock, locale)}`;
  if (first === last) return day;
  return locale === 'fr' ? `du ${day} au ${dateInWords(last, clock, locale)}` : `from ${day} to ${dateInWords(last, clock, locale)}`;
}

const cancelled = { fr: 'Annulé', en: 'Cancelled' };
const asPlanned = { fr: 'Date prévue à ce jour.', en: 'The date as planned today.' };
const byThen = { fr: 'À faire dâici à ce jour.', en: 'To be done by this day.' };

/** An event as a calendar shows it. One that is cancelled says so in its title too: not every calendar shows a status. */
export function eventEntry(event: EventView, { locale, edition }: { locale: Locale; edition: string }): IcsEntry {
  const { uid, sequence, state, first, last, changedAt, kind, planned, hours, place } = event;
  const note = kind === 'introduction' ? byThen[locale] : planned ? asPlanned[locale] : undefined;
  const title = eventTitle(event, locale);
  return {
    uid,
    sequence,
    changedAt,
    when: hours === undefined ? { first, last } : { at: hours.from, until: hours.to },
    ...(place === undefined ? {} : { place }),
    cancelled: state === 'cancelled',
    summary: state === 'cancelled' ? `${cancelled[locale]}${colon[locale]}${title}` : title,
    description: note === undefined ? edition : `${note}\n${edition}`,
  };
}

/** What is asked of a reader, as their own feed shows it on the day it is due. */
export interface DueView {
  /** Opaque id of their place in the ask. */
  request: string;
  step: StepId;
  project?: string;
  due: CivilDate;
  /** The instant, where the deadline has an hour: epoch ms. */
  at?: number;
  changedAt: number;
}

/** A due answer as a calendar shows it. No link: calendars are shared, and a link is its reader's alone. */
export function dueEntry(
  { request, step, project, due, at, changedAt }: DueView,
  { locale, edition }: { locale: Locale; edition: string },
): IcsEntry {
  const fr = locale === 'fr';
  const about = project === undefined ? '' : ` – ${project}`;
  return {
    uid: `${request}.due@troismains`,
    changedAt,
    when: at === undefined ? { first: due, last: due } : { at },
    summary: `${fr ? 'Réponse attendue' : 'Answer due'}${colon[locale]}${STEP_WORDS[step][locale]}${about}`,
    description: `${fr ? 'Le lien pour répondre est dans votre dernier message.' : 'The link to answer is in your last message.'}\n${edition}`,
  };
}
