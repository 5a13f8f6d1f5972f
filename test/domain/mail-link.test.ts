import { describe, expect, test } from '@jest/globals';
import { askKinds } from '../../domain/asks.js';
import { curveApostrophes } from '../../domain/typography.js';
import type { AskView } from '../../domain/view.js';
import { LOCALES, type Locale } from '../../domain/words.js';
import { render } from '../../mail/render.js';
import { askWords } from '../../mail/words/asks.js';
import { link, opened, preferences, viewOf } from '../support/mail-views.js';

const mailed = (view: AskView, locale: Locale) => {
  const { edition, person } = view;
  const reader = { id: person.id, name: person.name, email: person.email, locale, preferences };
  const { subject, text, html } = render({ template: 'link', at: view.at, edition, reader, view, link });
  return { subject, text: text.replace(/\s+/g, ' '), html };
};
const answer = { decision: 'approved', remarks: 'Très bien.', title: 'Le bus des soins', need: 'soins', summary: 'Un bus.' };
const states: Partial<AskView>[] = [
  { closed: { state: 'answered', at: opened, answer } },
  { closed: { state: 'declined', at: opened, answer } },
  { closed: { state: 'delegated', at: opened, by: 'Mme Adjointe' } },
  { closed: { state: 'missed', at: opened } },
  { closed: { state: 'not-needed', at: opened, by: 'Mme Adjointe' } },
];

describe('the mail of a fresh link', () => {
  test.each(askKinds.flatMap((kind) => LOCALES.map((locale) => ({ kind, locale }))))(
    'to a $kind that is over asks nothing, in $locale',
    ({ kind, locale }) => {
      const words = askWords(kind, locale);
      const printed = (text: string) => (locale === 'fr' ? curveApostrophes(text) : text);
      const request = (view: AskView) =>
        printed(words.request(view))
          .replace(/<[^>]+>/g, '')
          .replace(/\s+/g, ' ')
          .slice(0, 40);
      const over = [
        ...states.map((more) => viewOf(kind, { locale, more })),
        viewOf(kind, { locale, ask: { outcome: 'none', closedOn: '2023-09-01' } }),
      ];
      for (const view of over) {
        const { text } = mailed(view, locale);
        expect(text).not.toContain(request(view));
        expect(text).not.toContain(printed(words.act));
        expect(text).not.toMatch(/personne ne le lira|nobody will read it|Vous pouvez (répondre|l’envoyer)|You can (answer|submit)/);
        expect(text).toContain(link);
      }
      expect(mailed(viewOf(kind, { locale }), locale).text).toContain(printed(words.act));
    },
  );

  test('after an application was submitted says when it arrived, and opens it to be read', () => {
    const view = viewOf('apply', { more: { closed: { state: 'answered', at: opened, answer } } });
    const { subject, text } = mailed(view, 'fr');
    expect(subject).toContain('ce que vous avez envoyé');
    expect(text).toContain('nous est parvenu le lundi 28 août à 9 h');
    expect(text).toContain('Relire ma candidature');
    expect(text).not.toContain('brouillon');
  });

  test('after an answer shows the answer', () => {
    const view = viewOf('approve', { more: { closed: { state: 'answered', at: opened, answer } } });
    const { text } = mailed(view, 'fr');
    for (const words of ['Relire ma réponse', 'Très bien.', 'validé']) expect(text).toContain(words);
  });

  test('once the hour of a call has passed does not ask to submit, before anything has settled it', () => {
    const view = viewOf('apply', { at: Date.parse('2023-09-12T00:00:00+02:00') });
    expect(mailed(view, 'fr').text).toContain('n’est pas devenu une candidature');
  });
});
