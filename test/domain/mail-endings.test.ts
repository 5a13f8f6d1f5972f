import { expect, test } from '@jest/globals';
import type { ProjectOutcome } from '../../domain/asks.js';
import type { EventView } from '../../domain/eventwords.js';
import type { MailContent } from '../../domain/mails.js';
import type { EditionView } from '../../domain/view.js';
import { render } from '../../mail/render.js';
import { preferences } from '../support/mail-views.js';

const edition: EditionView = {
  id: 'val-d-oise-2023',
  title: 'Expérimentations sociales Val d’Oise 2023',
  territory: 'Département du Val d’Oise',
  timezone: 'Europe/Paris',
  locale: 'fr',
  contact: { name: 'Laboratoire des Futurs Possibles', email: 'labo@valdoise.example' },
  status: 'running',
  territoryId: 'val-d-oise',
  shifted: false,
};
const outcomes: ProjectOutcome[] = ['agreement', 'scale-up', 'end', 'not-started', 'dropped'];

for (const locale of ['fr', 'en'] as const) {
  const frame = {
    at: Date.parse('2023-09-01T09:00+02:00'),
    edition,
    reader: { id: 'porteuse', name: 'Porteuse', email: 'porteuse@projet.example', locale, preferences },
  };

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
    expect(subject).toContain(locale === 'fr' ? edition.title.replace("'", '’') : edition.title);
    expect(text).toMatch(locale === 'fr' ? /ne l’est plus/ : /no longer is/);
  });

  test(`a date that is set, moved or cancelled is told with its day, several in one message (${locale})`, () => {
    const fr = locale === 'fr';
    const session: EventView = {
      ...{
        uid: 'u',
        sequence: 0,
        state: 'confirmed',
        changedAt: 0,
        kind: 'session',
        step: 'field',
        first: '2023-09-13',
        last: '2023-09-13',
      },
      ...{ project: 'Parler avant', number: '2' },
    };
    const told = (...events: EventView[]) => render({ ...frame, template: 'calendar', events, calendar: 'https://x.example/c/ref/seal' });
    expect(told(session).subject).toBe(
      fr ? 'À noter : Séance 2 – Parler avant, le mercredi 13 septembre' : 'To note: Session 2 – Parler avant, Wednesday 13 September',
    );
    const moved = told({ ...session, was: '2023-09-06' });
    expect(moved.subject).toMatch(fr ? /^Nouvelle date : .* mercredi 13 septembre$/ : /^New date: .* Wednesday 13 September$/);
    expect(moved.text).toContain(fr ? 'au lieu du mercredi 6 septembre' : 'instead of Wednesday 6 September');
    const gone = told({ ...session, state: 'cancelled' });
    expect([gone.subject.split(/ ?:/)[0], gone.text.includes(fr ? 'n’aura pas lieu' : 'will not take place')]).toEqual([
      fr ? 'Annulation' : 'Cancelled',
      true,
    ]);
    const several = told(session, { ...session, number: '3', state: 'cancelled' });
    expect(several.subject).toBe(fr ? '2 dates changent dans votre calendrier' : '2 dates change in your calendar');
    expect(several.text.indexOf(fr ? 'À noter' : 'To note')).toBeLessThan(several.text.indexOf(fr ? 'Annulation' : 'Cancelled'));
  });
}
