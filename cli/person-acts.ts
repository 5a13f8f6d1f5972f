/** Acts on people, each a command of its own: `troismains person add|edit|replace|leave|address`. */
import type { Command } from 'commander';
import { act } from './act.js';
import { ACT_OPTIONS } from './act-options.js';
import { AS } from './actor.js';
import { DATA } from './connect.js';
import { type Declared, EDITION, REASON } from './help.js';
import { type Doing, DRY_RUN } from './preview.js';

const PERSON = { fr: 'son identifiant (troismains person list)', en: 'their id (troismains person list)' };
const DOING = { ...DATA, ...AS, ...DRY_RUN, '--reason <text>': REASON };
const optionsFor = (...fields: string[]) =>
  Object.fromEntries(Object.entries(ACT_OPTIONS).filter(([flag]) => fields.some((field) => flag.startsWith(`--${field} `))));

type Given = Doing & Record<string, unknown>;
const onPerson = (name: string) => (edition: string, person: string, given: Given, command: Command) =>
  act(edition, name, { ...given, person }, command);

/** The commands. */
export const ACTS_ON_PEOPLE: NonNullable<Declared['commands']> = {
  add: {
    summary: { fr: "ajouter quelqu'un qui a été oublié", en: 'add somebody who was forgotten' },
    args: { '<edition>': EDITION },
    options: { ...DOING, ...optionsFor('name', 'email', 'role', 'into') },
    example:
      'troismains person add val-d-oise-2023 --name "Anne Lefèvre" --email anne@valdoise.example --role expert --into jury --reason "oubliée"',
    run: (edition: string, given: Given, command: Command) => act(edition, 'add', given, command),
  },
  edit: {
    summary: { fr: 'corriger un nom, une langue', en: 'correct a name, a language' },
    args: { '<edition>': EDITION, '<person>': PERSON },
    options: { ...DOING, ...optionsFor('name', 'language') },
    example: 'troismains person edit val-d-oise-2023 pmi --name "Service PMI" --reason "faute de frappe"',
    run: onPerson('edit'),
  },
  replace: {
    summary: { fr: "remplacer quelqu'un partout", en: 'replace somebody everywhere' },
    args: { '<edition>': EDITION, '<person>': PERSON },
    options: { ...DOING, ...optionsFor('to', 'name', 'email') },
    example: 'troismains person replace val-d-oise-2023 dg --to dga --reason "départ à la retraite" --dry-run',
    run: onPerson('replace'),
  },
  leave: {
    summary: { fr: 'noter un départ : ses places se ferment', en: 'note that somebody leaves: their places close' },
    args: { '<edition>': EDITION, '<person>': PERSON },
    options: DOING,
    example: 'troismains person leave val-d-oise-2023 college --reason "ne participe plus"',
    run: onPerson('leave'),
  },
  address: {
    summary: { fr: 'corriger une adresse, ou voir ce que cela ferait', en: 'correct an address, or see what that would do' },
    args: { '<edition>': EDITION, '<person>': PERSON },
    options: { ...DOING, ...optionsFor('email') },
    example: 'troismains person address val-d-oise-2023 dg --email direction@valdoise.example --reason "nouvelle adresse" --dry-run',
    run: onPerson('address'),
  },
};
