/**
 * What a schema cannot say of one place alone: ids that must be known or unique, dates that must be working days, text without control
 * characters. Reads the file as it stands, whatever else is wrong in it, so that all problems are told at once.
 */
import { addressKey } from '../address.js';
import { type Calendar, calendarOf, HOLIDAY_ZONES, isCivilDate, type Period } from '../calendar.js';
import { ACTOR_WORDS, installationJournal } from '../journal.js';
import { fits, slotsOf } from '../juryday.js';
import { APPROVER_ROLES } from '../steps.js';
import { inWords } from '../words.js';
import { checkForms } from './form-checks.js';
import { type Add, type Entry, entries, group, isGroup, type Loose, list } from './loose.js';
import { type Found, type Path, quoted, someOf } from './problems.js';

/** Every problem that shows only when several places of the file are read together. */
export function checkAcross(value: unknown): Found[] {
  const found: Found[] = [];
  const add: Add = (path, fr, en) => found.push({ path, message: { fr, en } });
  const file = group(value);
  checkText(value, [], add);
  checkPeople(file, add);
  checkSelection(file, add);
  checkUnique(entries(file.needs, 'needs'), 'id', add);
  checkCircuits(file, add);
  checkDates(file, add);
  checkForms(file, add);
  checkJuryDay(file, add);
  return found;
}

/** Control characters end up in mail headers and terminals; marks that turn the direction of text hide what is written; no database keeps half a character. */
const CONTROL = /[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function checkText(value: unknown, path: Path, add: Add): void {
  if (typeof value === 'string' && CONTROL.test(value))
    add(
      path,
      'Ce texte contient un caractère de contrôle, une moitié de caractère ou un retour à la ligne : tout écrire sur une ligne.',
      'This text has a control character, half a character or a line break: write it all on one line.',
    );
  if (Array.isArray(value)) for (const [i, item] of value.entries()) checkText(item, [...path, i], add);
  else if (isGroup(value))
    for (const [key, item] of Object.entries(value)) {
      if (CONTROL.test(key)) checkText(key, path, add);
      checkText(item, [...path, key], add);
    }
}

function checkUnique(all: Entry[], key: string, add: Add, same: (text: string) => string = (text) => text): void {
  const seen = new Set<string>();
  for (const { path, value } of all) {
    const text = value[key];
    if (typeof text !== 'string') continue;
    if (seen.has(same(text)))
      add(
        [...path, key],
        `${quoted(text)} est déjà pris plus haut : il en faut un par ligne.`,
        `${quoted(text)} is already taken above: each needs its own.`,
      );
    seen.add(same(text));
  }
}

/** Who is known, and some of them by name: a message names no thousands. */
type Known = { ids: ReadonlySet<unknown>; names: string };

function knownIn(file: Loose): Known {
  const ids = new Set([...entries(file.people, 'people'), ...entries(file.relays, 'relays')].map(({ value }) => value.id));
  return { ids, names: someOf([...ids].filter((name) => typeof name === 'string')) };
}

function checkKnown(id: unknown, path: Path, { ids, names }: Known, add: Add): void {
  if (typeof id !== 'string' || ids.has(id)) return;
  add(
    path,
    `Personne ne porte l'identifiant ${quoted(id)} ; on attend l'un de : ${names}.`,
    `Nobody has the id ${quoted(id)}; it should be one of: ${names}.`,
  );
}

/** Who acts in the journal without being a person. */
const NOBODY = Object.keys(ACTOR_WORDS);

function checkPeople(file: Loose, add: Add): void {
  if (file.id === installationJournal)
    add(
      ['id'],
      `${quoted(installationJournal)} désigne le journal de l'installation : choisir un autre identifiant.`,
      `${quoted(installationJournal)} stands for the installation's own journal: choose another id.`,
    );
  const people = entries(file.people, 'people');
  const everyone = [...people, ...entries(file.relays, 'relays')];
  const known = knownIn(file);
  checkUnique(everyone, 'id', add);
  checkUnique(everyone, 'email', add, addressKey);
  for (const { path, value } of everyone) {
    checkKnown(value.substitute, [...path, 'substitute'], known, add);
    if (value.substitute !== undefined && value.substitute === value.id)
      add([...path, 'substitute'], 'Une personne ne peut pas se suppléer elle-même.', 'Nobody can be their own substitute.');
    const reserved = APPROVER_ROLES.find((role) => role === value.id);
    if (reserved)
      add(
        [...path, 'id'],
        `${quoted(reserved)} est un rôle dans les circuits : choisir un autre identifiant.`,
        `${quoted(reserved)} is a role in circuits: choose another id.`,
      );
  }
  for (const { path, value } of everyone)
    if (typeof value.id === 'string' && NOBODY.includes(value.id))
      add(
        [...path, 'id'],
        `${quoted(value.id)} désigne le programme ou la main de la coordination dans le journal : choisir un autre identifiant.`,
        `${quoted(value.id)} stands for the programme or a coordinator's hand in the journal: choose another id.`,
      );
  if (people.length > 0 && !people.some(({ value }) => value.role === 'coordinator'))
    add(
      ['people'],
      'Il faut au moins une personne de rôle coordinator : tout retard lui revient.',
      'At least one person needs the role coordinator: all that is late comes to them.',
    );
  const carriers = new Map(everyone.toReversed().map(({ value }) => [value.id, value])); // of several of an id, the first
  for (const { path, value } of entries(file.needs, 'needs')) {
    checkKnown(value.directorate, [...path, 'directorate'], known, add);
    const carrier = carriers.get(value.directorate);
    if (carrier && carrier.role !== 'directorate')
      add(
        [...path, 'directorate'],
        `${quoted(value.directorate)} n'est pas de rôle directorate, qui seul porte un besoin.`,
        `${quoted(value.directorate)} does not have the role directorate, which alone carries a need.`,
      );
  }
  checkList(file.interviews, ['interviews'], known, add);
}

function checkList(ids: unknown, path: Path, known: Known, add: Add): void {
  const before = new Set<unknown>();
  list(ids).forEach((id, i) => {
    checkKnown(id, [...path, i], known, add);
    if (before.has(id)) add([...path, i], `${quoted(id)} est déjà dans la liste.`, `${quoted(id)} is already in the list.`);
    before.add(id);
  });
}

function checkSelection(file: Loose, add: Add): void {
  const selection = group(file.selection);
  checkList(selection.jury, ['selection', 'jury'], knownIn(file), add);
  for (const key of ['shortlist', 'retained']) {
    const { min, max } = group(selection[key]);
    if (typeof min === 'number' && typeof max === 'number' && min > max)
      add(
        ['selection', key, 'min'],
        `Le minimum (${min}) dépasse le maximum (${max}).`,
        `The minimum (${min}) is over the maximum (${max}).`,
      );
  }
  const criteria = entries(selection.criteria, 'selection', 'criteria');
  checkUnique(criteria, 'id', add);
  if (criteria.length > 0 && criteria.every(({ value }) => value.weight === 0))
    add(
      ['selection', 'criteria'],
      'Les poids sont tous à zéro : au moins un critère doit compter.',
      'The weights sum to zero: at least one criterion must count.',
    );
}

function checkCircuits(file: Loose, add: Add): void {
  const known = knownIn(file);
  const bodies = new Set(Object.keys(group(group(file.territory).sessions)));
  const named = someOf([...bodies]);
  const executives = entries(file.people, 'people').some(({ value }) => value.role === 'executive');
  const missingExecutive = (path: Path) =>
    add(
      path,
      'Aucune personne de rôle executive : en ajouter une, ou nommer qui valide.',
      'Nobody has the role executive: add one, or name who approves.',
    );
  const approval = (value: Loose, path: Path): void => {
    if (value.by === 'executive' && !executives) missingExecutive([...path, 'by']);
    else if (!APPROVER_ROLES.some((role) => role === value.by)) checkKnown(value.by, [...path, 'by'], known, add);
  };
  for (const [step, stages] of Object.entries(group(file.circuits))) {
    const all = entries(stages, 'circuits', step);
    all.forEach(({ path, value }, i) => {
      if ('by' in value) approval(value, path);
      for (const seat of entries(value.all, ...path, 'all')) approval(seat.value, seat.path);
      if (typeof value.session !== 'string') return;
      if (!bodies.has(value.session))
        add(
          [...path, 'session'],
          `Le territoire n'a pas d'instance ${quoted(value.session)} ; on attend l'une de : ${named || 'territory.sessions (vide)'}.`,
          `The territory has no body ${quoted(value.session)}; it should be one of: ${named || 'territory.sessions (empty)'}.`,
        );
      if (i < all.length - 1)
        add([...path, 'session'], 'Une séance est la dernière étape de son circuit.', 'A sitting is the last stage of its circuit.');
    });
  }
  const defaults = ['diagnosis-approval', 'selection-approval', 'roadmap-approval', 'outcome-approval'];
  const left = defaults.filter((step) => !Object.hasOwn(group(file.circuits), step));
  if (!executives && left.length > 0 && list(file.people).length > 0) missingExecutive(['people']);
}

function checkDates(file: Loose, add: Add): void {
  const territory = group(file.territory);
  for (const key of ['closures', 'schoolHolidays'])
    for (const { path, value } of entries(territory[key], 'territory', key))
      if (typeof value.from === 'string' && typeof value.to === 'string' && value.from > value.to)
        add(
          [...path, 'to'],
          `Cette période finit (${value.to}) avant de commencer (${value.from}).`,
          `This period ends (${value.to}) before it begins (${value.from}).`,
        );
  const cal = looseCalendar(territory);
  const working = (day: unknown, path: Path): void => {
    if (typeof day !== 'string' || !isCivilDate(day) || cal.isWorkingDay(day)) return;
    add(
      path,
      `Le ${inWords(day, 'fr', { year: true })} n'est pas un jour ouvré ; les plus proches sont le ${inWords(cal.onOrBefore(day), 'fr', { today: day })} et le ${inWords(cal.onOrAfter(day), 'fr', { today: day })}.`,
      `${inWords(day, 'en', { year: true })} is not a working day; the nearest are ${inWords(cal.onOrBefore(day), 'en', { today: day })} and ${inWords(cal.onOrAfter(day), 'en', { today: day })}.`,
    );
  };
  working(file.target, ['target']);
  for (const [step, length] of Object.entries(group(file.plan))) working(group(length).date, ['plan', step, 'date']);
  for (const [id, body] of Object.entries(group(territory.sessions)))
    for (const [i, day] of list(group(body).dates).entries()) working(day, ['territory', 'sessions', id, 'dates', i]);
}

/** The hours of the jury's day: of `pitch` alone, in their order, and long enough for all who may be heard. */
function checkJuryDay(file: Loose, add: Add): void {
  const hours = ['from', 'to', 'perPitch', 'place', 'breaks'];
  for (const [step, length] of Object.entries(group(file.plan)))
    if (step !== 'pitch' && group(length).date !== undefined)
      for (const key of hours.filter((one) => group(length)[one] !== undefined))
        add(['plan', step, key], 'Seul le jour du jury (pitch) a des heures.', "Only the jury's day (pitch) has hours.");
  const pitch = group(group(file.plan).pitch);
  const { from, to, perPitch, breaks } = pitch;
  if (hours.some((key) => pitch[key] !== undefined))
    for (const key of hours.slice(0, 3).filter((one) => pitch[one] === undefined))
      add(
        ['plan', 'pitch', key],
        'Les heures du jury vont ensemble : from, to et perPitch.',
        "The jury's hours go together: from, to and perPitch.",
      );
  const isTime = (value: unknown): value is string => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
  if (!isTime(from) || !isTime(to) || typeof perPitch !== 'string') return;
  if (from >= to) {
    add(
      ['plan', 'pitch', 'to'],
      `Le jury finit (${to}) avant de commencer (${from}).`,
      `The jury ends (${to}) before it begins (${from}).`,
    );
    return;
  }
  const max = group(group(file.selection).shortlist).max;
  const pauses = entries(breaks).flatMap(({ value }) =>
    isTime(value.at) && typeof value.for === 'string' ? [{ at: value.at, minutes: Number.parseInt(value.for, 10) }] : [],
  );
  const day = { from, to, perPitch: Number.parseInt(perPitch, 10), breaks: pauses };
  if (typeof max !== 'number' || !Number.isInteger(max) || max < 1 || max > 1000 || !(day.perPitch > 0) || fits(day, max)) return;
  const last = slotsOf(day, max).at(-1)?.to ?? '';
  add(
    ['plan', 'pitch', 'to'],
    `${max} passages de ${day.perPitch} min et les pauses finissent à ${last}, après ${to} : allonger la journée, ou entendre moins de projets.`,
    `${max} pitches of ${day.perPitch} min and the breaks end at ${last}, after ${to}: make the day longer, or hear fewer projects.`,
  );
}

/** The calendar that the readable part of a territory makes. */
function looseCalendar(territory: Loose): Calendar {
  const periods = (value: unknown): Period[] =>
    entries(value).flatMap(({ value: { from, to } }) =>
      typeof from === 'string' && typeof to === 'string' && isCivilDate(from) && isCivilDate(to) ? [{ from, to }] : [],
    );
  const holidays = HOLIDAY_ZONES.find((zone) => zone === territory.holidays) ?? 'FR';
  return calendarOf({ timezone: 'UTC', holidays, closures: periods(territory.closures), schoolHolidays: [] });
}
