import { createHash } from 'node:crypto';
import { type Field, lengthOf, type Raw } from '../domain/asks/forms.js';
import { fieldsOf } from '../domain/kinds/index.js';
import type { AskView } from '../domain/view.js';
import { STEP_WORDS } from '../domain/words.js';

/** A number in [0, 1) drawn from what it is about, never from a running generator: the same question always gets the same draw. */
export function draw(seed: number, ...about: string[]): number {
  const digest = createHash('sha256')
    .update([seed, ...about].join('\n'))
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** A plain, favourable answer to any ask: approves, confirms, holds, chooses as many as may be chosen. */
export function plainAnswer(view: AskView, seed: number): Raw {
  const raw: Raw = {};
  for (const field of fieldsOf(view.form)) {
    if (field.own !== undefined || view.ask.kind === 'apply' || field.type === 'long') {
      raw[field.name] = believable(field, (...about) => draw(seed, view.ask.id, view.person.id, field.name, ...about));
      continue;
    }
    switch (field.type) {
      case 'heading':
      case 'date':
      case 'each':
        break;
      case 'text':
        raw[field.name] = `${STEP_WORDS[view.ask.step].fr} – ${view.project?.title ?? view.edition.title}`;
        break;
      case 'number':
        raw[field.name] = String(
          field.min + Math.floor(draw(seed, view.ask.id, view.person.id, field.name) * Math.min(20, field.max - field.min + 1)),
        );
        break;
      case 'choice':
        raw[field.name] = field.options[0] ?? '';
        break;
      case 'options':
        raw[field.name] =
          field.name === 'conflicts' || field.name === 'reserve'
            ? []
            : field.options.slice(0, Math.max(field.min, Math.min(field.max, 2))).map((o) => o.id);
        break;
      case 'scores':
        for (const row of field.rows)
          for (const column of field.columns)
            raw[`${field.name}.${row.id}.${column.id}`] = String(
              2 + Math.floor(draw(seed, view.ask.id, view.person.id, row.id, column.id) * 4),
            );
        break;
    }
  }
  if (Number(raw.newcomers ?? 0) > Number(raw.attendance ?? 0)) raw.newcomers = raw.attendance ?? '';
  return raw;
}

const sentences = [
  'Les familles ne savent pas à qui s’adresser, et arrivent souvent trop tard.',
  'Deux structures s’en occupent déjà, chacune de son côté ; elles ne se parlent pas.',
  'Nous l’avons essayé six mois dans une commune voisine, avec douze familles.',
  'Le plus difficile est de tenir dans la durée, quand l’équipe change.',
  'Une première rencontre a lieu chez la personne, puis un rendez-vous tous les quinze jours.',
  'Les professionnels de terrain nous demandent surtout du temps et un interlocuteur.',
  'Une personne sur trois revient d’elle-même le mois suivant.',
  'Il faudrait un lieu ouvert en soirée, et quelqu’un qui connaît le quartier.',
];
const lines = [
  'Association Les Passerelles',
  'Coopérative du Vexin',
  'Maison des familles',
  'Pas à pas',
  'Le fil rouge',
  'Collectif des deux rives',
];
/** A SIRET whose key is right, of nobody. */
const nobodysSiret = '123 456 789 00007';

/** What somebody could have written in a text, or in a field that an edition's file says: drawn by its name, so that another field changes nothing of it. */
function believable(field: Field, drawn: (...about: string[]) => number): string | string[] {
  const oneOf = <T>(all: readonly T[], ...about: string[]): T | undefined => all[Math.floor(drawn(...about) * all.length)];
  switch (field.type) {
    case 'heading':
    case 'each':
    case 'scores':
      return '';
    case 'text':
      return {
        email: 'contact@structure.example',
        phone: '01 99 00 12 34',
        url: 'https://structure.example',
        siret: nobodysSiret,
        line: oneOf(lines) ?? '',
      }[field.format ?? 'line'].slice(0, lengthOf(field));
    case 'long': {
      const text = [oneOf(sentences, 'first'), oneOf(sentences, 'second')].filter((one, i, all) => all.indexOf(one) === i).join(' ');
      const words = text.split(' ').slice(0, field.maxWords ?? Number.POSITIVE_INFINITY);
      return words.join(' ').slice(0, lengthOf(field));
    }
    case 'number':
      return String(
        Math.ceil(field.min > 0 ? field.min : 0) +
          Math.floor(drawn() * Math.min(field.unit === undefined ? 20 : 20_000, Math.max(1, field.max - Math.max(0, field.min)))),
      );
    case 'date':
      return '2023-09-20';
    case 'choice':
      return oneOf(field.options) ?? '';
    case 'options':
      return field.options.slice(0, Math.max(1, field.min)).map(({ id }) => id);
  }
}
