import { createHash } from 'node:crypto';
import type { Raw } from '../domain/asks/forms.js';
import { fieldsOf } from '../domain/kinds/index.js';
import type { AskView } from '../domain/view.js';

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
    switch (field.type) {
      case 'text':
        raw[field.name] = 'Un titre';
        break;
      case 'long':
        raw[field.name] = 'Un texte écrit pour la répétition.';
        break;
      case 'number':
        raw[field.name] = String(
          field.min + Math.floor(draw(seed, view.ask.id, view.person.id, field.name) * Math.min(20, field.max - field.min + 1)),
        );
        break;
      case 'date':
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
  return raw;
}
