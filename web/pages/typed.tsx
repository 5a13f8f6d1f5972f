/** What was typed, given back to be copied where its form cannot be shown: as text, in fields that change nothing. */
import type { Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { wordsOf } from '../words/index.js';
import { allOf } from './form.js';

/**
 * The texts of what was posted, in the order of their form; no link of theirs can be followed, and nothing of it acts. `carriedBy`: the form of the
 * same page that takes them along to the next.
 */
export function TypedTexts({ locale, raw, carriedBy }: { locale: Locale; raw: Raw; carriedBy?: string | undefined }) {
  const { closed, typedNames } = wordsOf(locale).page;
  const marks = Object.keys(raw).filter((name) => name.startsWith('scores.'));
  const given = marks.length === 0 ? raw : { ...raw, scores: marks.map((name) => allOf(raw, name)[0] || '–').join(' ; ') };
  const texts = Object.entries(typedNames).flatMap(([name, label]) => {
    const text = allOf(given, name).join('\n');
    const carried = carriedBy === undefined ? {} : { name, form: carriedBy };
    return text.trim() === '' ? [] : [{ label, text, about: { id: `typed-${name}`, readonly: true, ...carried } }];
  });
  if (texts.length === 0) return null;
  return (
    <section class="card" id="typed">
      <h2>{closed.typed}</h2>
      <p class="small">{closed.typedLead}</p>
      {texts.map(({ label, text, about }) => (
        <div class="field">
          <label class="block" for={about.id}>
            {label}
          </label>
          {text.length > 80 || text.includes('\n') ? <textarea {...about}>{text}</textarea> : <input type="text" value={text} {...about} />}
        </div>
      ))}
    </section>
  );
}
