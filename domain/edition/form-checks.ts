/** What the schema cannot say of `forms` and `eligibility`: ids that are taken, conditions on what is not there, limits that mean nothing. */
import { charactersOf, FIELD_TYPES, FIXED_FIELDS, type FieldType, FORM_CHARACTERS, FORM_NAMES, type FormName } from '../forms.js';
import { LIMITS } from './form-schema.js';
import { type Add, type Entry, entries, group, isGroup, type Loose, list } from './loose.js';
import { type Path, quoted, someOf } from './problems.js';

/** What a field may be compared with: the ids of its choices, a number, or nothing. */
type Comparable = { ids: readonly string[] } | 'number' | 'nothing';

/** Names of ours: a draft's number, and the text that a form becomes. */
const ours = ['draft-version', 'body'];

const isType = (value: unknown): value is FieldType => FIELD_TYPES.some((type) => type === value);
const yesNo: Comparable = { ids: ['yes', 'no'] };

/** Every problem of the forms, and of the rules that look at them. */
export function checkForms(file: Loose, add: Add): void {
  const needs = entries(file.needs).flatMap(({ value }) => (typeof value.id === 'string' ? [value.id] : []));
  for (const name of FORM_NAMES) {
    const written = group(file.forms)[name];
    if (written === undefined) continue;
    const known = checkForm(name, entries(written, 'forms', name), needs, add);
    const characters = entries(written)
      .filter(({ value }) => value.type === 'long')
      .reduce((sum, { value }) => sum + charactersOf({ ...numberIn(value, 'maxLength'), ...numberIn(value, 'maxWords') }), 0);
    if (characters > FORM_CHARACTERS)
      add(
        ['forms', name],
        `Trop long à remplir : ${characters} caractères en tout, au plus ${FORM_CHARACTERS} ; donner un maxWords ou un maxLength aux champs.`,
        `Too long to fill in: ${characters} characters in all, at most ${FORM_CHARACTERS}; give its fields a maxWords or a maxLength.`,
      );
    if (known.size === fixedOf(name, needs).size)
      add(['forms', name], 'Aucun champ : en mettre au moins un.', 'No field: it needs at least one.');
    if (name === 'application') checkRules(file, known, add);
  }
  if (group(file.forms).application === undefined) checkRules(file, fixedOf('application', needs), add);
}

const numberIn = (value: Loose, key: 'maxLength' | 'maxWords') => {
  const given = value[key];
  return typeof given === 'number' ? { [key]: given } : {};
};

function checkRules(file: Loose, known: ReadonlyMap<string, Comparable>, add: Add): void {
  for (const { path, value } of entries(file.eligibility, 'eligibility')) checkWhen(value.unless, [...path, 'unless'], known, add);
}

/** The fields that come first, and what they are compared with. */
const fixedOf = (name: FormName, needs: readonly string[]): Map<string, Comparable> =>
  new Map(
    FIXED_FIELDS[name].map((id): [string, Comparable] => [
      id,
      id === 'need'
        ? { ids: needs }
        : id === 'held'
          ? yesNo
          : id === 'title' || id === 'organisation' || id === 'team'
            ? 'nothing'
            : 'number',
    ]),
  );

/** What is wrong in one form; answers all of its fields. */
function checkForm(name: FormName, parts: Entry[], needs: readonly string[], add: Add): Map<string, Comparable> {
  const known = fixedOf(name, needs);
  const fixed = [...known.keys()];
  for (const { path, value } of parts) {
    const { id, type } = value;
    if (typeof id !== 'string') continue;
    if (fixed.includes(id) || ours.includes(id))
      add(
        [...path, 'id'],
        `${quoted(id)} est déjà dans ce formulaire, qui commence par : ${[...fixed, ...ours].join(', ')}. Choisir un autre identifiant.`,
        `${quoted(id)} is in this form already, which begins with: ${[...fixed, ...ours].join(', ')}. Choose another id.`,
      );
    else if (known.has(id))
      add(
        [...path, 'id'],
        `${quoted(id)} est déjà pris plus haut : il en faut un par champ.`,
        `${quoted(id)} is already taken above: each field needs its own.`,
      );
    checkWhen(value.when, [...path, 'when'], known, add);
    if (isType(type)) checkLimits(value, type, path, add);
    known.set(id, comparableOf(value, needs));
  }
  return known;
}

function comparableOf({ type, options }: Loose, needs: readonly string[]): Comparable {
  switch (type) {
    case 'choice':
    case 'choices':
      return { ids: list(options).flatMap((option) => idOf(option)) };
    case 'yes-no':
      return yesNo;
    case 'need':
      return { ids: needs };
    case 'number':
    case 'money':
      return 'number';
    default:
      return 'nothing';
  }
}

const idOf = (option: unknown): string[] => {
  const id = typeof option === 'string' ? option.trim() : group(option).id;
  return typeof id === 'string' ? [id] : [];
};

function checkLimits(value: Loose, type: FieldType, path: Path, add: Add): void {
  const mean = LIMITS[type];
  for (const limit of Object.values(LIMITS)
    .flat()
    .filter((one, i, all) => all.indexOf(one) === i))
    if (value[limit] !== undefined && !mean.includes(limit))
      add(
        [...path, limit],
        `\`${limit}\` ne dit rien d'un champ ${quoted(type)} : le retirer.`,
        `\`${limit}\` says nothing of a field ${quoted(type)}: remove it.`,
      );
  if (mean.includes('options') && value.options === undefined)
    add(
      [...path, 'options'],
      'Il manque ce que l’on peut choisir : deux options au moins.',
      'What can be chosen is missing: two options at least.',
    );
  const ids = list(value.options).map((option) => idOf(option)[0]);
  ids.forEach((id, i) => {
    if (id !== undefined && ids.indexOf(id) < i)
      add(
        [...path, 'options', i],
        `${quoted(id)} est déjà parmi les options : une de chaque.`,
        `${quoted(id)} is among the options already: one of each.`,
      );
  });
  if (typeof value.min === 'number' && typeof value.max === 'number' && value.min > value.max)
    add(
      [...path, 'max'],
      `Le plus (${value.max}) est sous le moins (${value.min}).`,
      `The most (${value.max}) is below the least (${value.min}).`,
    );
  if (type === 'choices' && typeof value.min === 'number' && value.min > ids.length)
    add(
      [...path, 'min'],
      `${value.min} à choisir parmi ${ids.length} : au plus autant qu'il y a d'options.`,
      `${value.min} to choose of ${ids.length}: at most as many as there are options.`,
    );
}

/** A condition looks at an earlier field, and at something that it can hold. */
function checkWhen(when: unknown, path: Path, known: ReadonlyMap<string, Comparable>, add: Add): void {
  if (!isGroup(when)) return;
  for (const [id, wanted] of Object.entries(when)) {
    const of = known.get(id);
    const at = [...path, id];
    if (of === undefined) {
      const names = someOf([...known].filter(([, one]) => one !== 'nothing').map(([name]) => name)) || '–';
      add(
        at,
        `Aucun champ ${quoted(id)} avant celui-ci ; une condition porte sur l'un de : ${names}.`,
        `There is no field ${quoted(id)} before this one; a condition is on one of: ${names}.`,
      );
    } else if (of === 'nothing')
      add(
        at,
        `${quoted(id)} n'est pas un choix ni un nombre : rien ne se compare à ce qu'on y écrit.`,
        `${quoted(id)} is no choice and no number: nothing is compared with what is written there.`,
      );
    else if (of === 'number') {
      if (!isGroup(wanted) && [wanted].flat().some((one) => typeof one !== 'number'))
        add(at, 'On attend un nombre, ou `{ atLeast: … }`.', 'This should be a number, or `{ atLeast: … }`.');
    } else if (isGroup(wanted)) add(at, `On attend l'un de : ${someOf(of.ids)}.`, `This should be one of: ${someOf(of.ids)}.`);
    else
      for (const one of [wanted].flat()) {
        const written = writtenValue(one);
        if (!of.ids.includes(written))
          add(
            at,
            `${quoted(one)} n'est pas un choix de ${quoted(id)} ; on attend l'un de : ${someOf(of.ids)}.`,
            `${quoted(one)} is no choice of ${quoted(id)}; it should be one of: ${someOf(of.ids)}.`,
          );
      }
  }
}

/** A value as it is compared: YAML reads `true` where somebody means yes. */
export const writtenValue = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? value.trim() : String(value);
