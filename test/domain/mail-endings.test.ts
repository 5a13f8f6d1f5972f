import { expect, test } from '@jest/globals';
import type { ProjectOutcome } from '../../domain/asks.js';
import type { MailContent } from '../../domain/mails.js';
import type { EditionView } from '../../domain/view.js';
import { render } from '../../mail/render.js';
import { preferences } from '../support/mail-views.js';

const edition: EditionView = {
  id: 'val-d-oise-2023',
  title: "Expérimentations sociales Val d'Oise 2023",
  territory: "Département du Val d'Oise",
  timezone: 'Europe/Paris',
  locale: 'fr',
  contact: { name: 'Laboratoire des Futurs Possibles', email: 'labo@valdoise.example' },
  status: 'running',
  shifted: false,
};
const outcomes: ProjectOutcome[] = ['agreement', 'scale-up', 'end', 'not-started', 'dropped'];

for (const locale of ['fr', 'en'] as const) {
  const frame = { edition, reader: { id: 'porteuse', name: 'Porteuse', email: 'porteuse@projet.example', locale, preferences } };

  test(`every outcome of a project is told in its own words, with its reason (${locale})`, () => {
    const subjects = outcomes.map((outcome) => {
      const content: MailContent = {
        ...frame,
        template: 'outcome',
        outcome,
        project: 'Parler <avant>',
        reason: 'Le calendrier ne tient pas.',
      };
      const { subject, text, html } = render(content);
      expect(text).toContain('Le calendrier ne tient pas.');
      expect(html).toContain('Parler &lt;avant&gt;');
      expect(html).not.toContain('<avant>');
      expect(`${subject}${text}`).not.toMatch(/undefined|not-started|scale-up"|val-d-oise-2023/);
      return subject;
    });
    expect(new Set(subjects).size).toBe(outcomes.length);
  });

  test(`an edition that is ended says that nothing is asked any more (${locale})`, () => {
    const { subject, text } = render({ ...frame, template: 'ended' });
    expect(subject).toContain(edition.title);
    expect(text).toMatch(locale === 'fr' ? /ne l'est plus/ : /no longer is/);
  });
}
