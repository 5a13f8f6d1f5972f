import { describe, expect, test } from '@jest/globals';
import { askKinds } from '../../domain/asks.js';
import { maxSubjectLength } from '../../domain/clean.js';
import { deadlineInWords, hourOfZone, instantInWords } from '../../domain/instants.js';
import { decide as en } from '../../domain/kinds/en/decide.js';
import { decide as fr } from '../../domain/kinds/fr/decide.js';
import { labelled } from '../../domain/typography.js';
import type { AskView } from '../../domain/view.js';
import { inWords } from '../../domain/words.js';
import { render } from '../../mail/render.js';
import { everyItem, ids, link, mailOf, rungAt, viewOf } from '../support/mail-views.js';

const english =
  /\b(the|your|you|please|answer|was|were|expected|reminder|because|link|approval|today|until|working|request|project|session|coordinators?)\b/i;
const french =
  /\b(le|les|des|du|une|votre|vous|avant|réponse|attendue?s?|rappel|pourquoi|lien|aujourd|jusqu|projet|séance|coordination)\b/i;
// what people typed stays in their language
const typed =
  /Expérimentations sociales Val d'Oise 2023|Département du Val d'Oise|Parcours périnatalité|Porte à porte des jeunes parents|Parler avant|Direction (générale|adjointe)|Médecin-chef du service PMI|Laboratoire des Futurs Possibles|Maternité partenaire|Association Exemple|accueillir les séances|Commission permanente|Feuille de route|labo@valdoise\.example|https:\S+/g;
const locales = ['fr', 'en'] as const;
const occurrences = (text: string, part: string): number => text.split(part).length - 1;

describe.each(locales)('a mail about one ask, in %s', (locale) => {
  const all = everyItem(locale).map(({ name, item }) => ({ name, item, ...render(mailOf([item], locale)) }));

  test('exists for every kind of ask and every rung', () => {
    expect(all.length).toBeGreaterThanOrEqual(askKinds.length * 8);
    for (const { name, subject, text } of all) {
      expect({ name, full: subject.length > 10 && text.length > 300 }).toEqual({ name, full: true });
    }
  });

  test('says no undefined, no null, no id, no engine word and no date in figures', () => {
    for (const { name, subject, text, html } of all) {
      for (const part of [subject, text, html]) {
        expect({
          name,
          leak: part.match(/undefined|null|NaN|\[object|workflow|activity|payload|\bv1\b|-approval|pitch-prep|call-open/)?.[0],
        }).toEqual({ name, leak: undefined });
        expect({ name, id: ids.find((id) => part.includes(id)) }).toEqual({ name, id: undefined });
      }
      expect({ name, date: text.match(/\d{4}-\d\d-\d\d|\d\d\/\d\d/)?.[0] }).toEqual({ name, date: undefined });
    }
  });

  test('has dates as they are said in a sentence, and apostrophes as they are printed', () => {
    if (locale !== 'fr') return;
    const bare = /(?<!\b(?:[Ll]e|[Dd]u|[Aa]u|[Aa]ujourd’hui,) )\b(?:lundi|mardi|mercredi|jeudi|vendredi) (?:\d|1er)/;
    for (const { name, subject, text } of all) {
      expect({ name, subject: subject.match(bare)?.[0], text: text.match(bare)?.[0] }).toEqual({
        name,
        subject: undefined,
        text: undefined,
      });
      expect({ name, straight: `${subject}\n${text}`.replaceAll(/^ {4}.*$/gm, '').match(/.{0,12}\p{L}'\p{L}.{0,12}/u)?.[0] }).toEqual({
        name,
        straight: undefined,
      });
    }
  });

  test('has its due date in words and its link exactly once, also as a button', () => {
    const due = inWords('2023-09-11', locale, { year: false });
    for (const { name, subject, text, html } of all) {
      expect({ name, due: text.includes(due), subject: subject.includes(due) }).toEqual({ name, due: true, subject: true });
      expect({ name, text: occurrences(text, link), html: occurrences(html, `href="${link}"`) }).toEqual({ name, text: 1, html: 1 });
    }
  });

  test('speaks one language', () => {
    const foreign = locale === 'fr' ? english : french;
    for (const { name, subject, text } of all) {
      const own = `${subject}\n${text}`.replace(typed, '');
      expect({ name, word: own.match(foreign)?.[0] }).toEqual({ name, word: undefined });
    }
  });

  test('leaves no double space, no empty quotes, no dangling punctuation', () => {
    for (const { name, subject, text } of all) {
      const flaw = `${subject}\n${text}`.match(/[^\n ] {2,}\S|«\s*»|“”|\.\.|,\.| ,|;\.|\( |^ \S/m)?.[0];
      expect({ name, flaw }).toEqual({ name, flaw: undefined });
    }
  });

  test('has a subject of at most 200 characters on one line', () => {
    for (const { subject } of all) {
      expect([...subject].length).toBeLessThanOrEqual(maxSubjectLength);
      expect(subject).not.toMatch(/[\r\n]/);
    }
  });

  test('is worded differently on each rung', () => {
    for (const kind of askKinds) {
      const rungs = ['opening', 'before-5', 'before-2', 'due', 'late-2', 'nudge-1'].map((rung) =>
        all.find(({ item }) => item.view.ask.kind === kind && item.rung === rung && !item.about),
      );
      const texts = rungs.filter((one) => one?.item.view.ask.openedAt !== null).map((one) => one?.text);
      expect({ kind, different: new Set(texts).size }).toEqual({ kind, different: texts.length });
    }
  });

  test('repeats the request itself in every reminder', () => {
    for (const { name, item, text } of all) {
      if (item.about !== undefined || item.view.ask.openedAt === null) continue;
      const opening = all.find((one) => one.name === name.replace(item.rung, 'opening'));
      const request = opening?.text.split('\n\n')[3]?.split(/(?<=[.?]) /)[0] ?? '?';
      expect({ name, request: text.includes(request) }).toEqual({ name, request: true });
    }
  });
});

describe('a mail of asks', () => {
  const at = rungAt('approve', 'before-5');
  const approve = viewOf('approve', { step: 'roadmap-approval', at });

  test('says what, why you, what came before, by when and at the latest when, and when reminders stop', () => {
    const next = { rung: 'late-2' as const, at: Date.parse('2023-09-13T09:00:00+02:00') };
    const view = { ...approve, next, substitute: { id: 'person-id-2', name: 'Direction adjointe' } };
    const { subject, text } = render(mailOf([{ view, rung: 'before-5', link }]));
    expect(subject).toBe('Rappel : votre validation est attendue d’ici au lundi 11 septembre – feuille de route « Parcours périnatalité »');
    expect(text).toContain('étape 2 sur 2 de la validation');
    expect(text).toContain('Médecin-chef du service PMI a validé le lundi 28 août.');
    expect(text).toContain('jusqu’au mardi 19 septembre inclus');
    expect(text).toContain('Prochain rappel le mercredi 13 septembre à 9 h, à vous et à Direction adjointe');
    expect(text).toContain('Tout s’arrête dès que vous répondez.');
  });

  test('quotes the remarks that sent a document back', () => {
    const before = [{ who: 'Pôle Enfance', what: 'changes-requested', on: '2023-09-01', remarks: 'Préciser la cible.\nDire la méthode.' }];
    const view = viewOf('document', { step: 'roadmap', at, ask: { version: 2 }, more: { before } });
    const { subject, text } = render(mailOf([{ view, rung: 'opening', link }]));
    expect(subject).toContain('Une nouvelle version de la feuille de route');
    expect(text).toContain('Pôle Enfance a demandé des modifications le vendredi 1er septembre, avec ces remarques :');
    expect(text).toContain('Préciser la cible.');
  });

  test('asks a substitute in place of the principal, and blames nobody', () => {
    const view = { ...approve, at: rungAt('approve', 'late-2'), onBehalfOf: { id: 'person-id-2', name: 'Direction générale' } };
    const { subject, text } = render(mailOf([{ view, rung: 'late-2', link }]));
    expect(subject).toContain('Pouvez-vous répondre à la place de Direction générale ?');
    expect(text).toContain('Vous êtes sollicité·e à la place de Direction générale, étape 2 sur 2 de la validation.');
    expect(text).not.toContain('votre réponse manque');
  });

  test('tells who is late, since when, and what may be decided, to those who must know', () => {
    const about = { id: 'person-id-3', name: 'Médecin-chef du service PMI', role: 'directorate' };
    const view = { ...approve, at: rungAt('approve', 'late-2'), substitute: { id: 'person-id-2', name: 'Direction adjointe' } };
    const { subject, text } = render(mailOf([{ view, rung: 'late-2', about, link }]));
    expect(subject).toContain('Médecin-chef du service PMI n’a pas encore répondu');
    expect(text).toContain('Médecin-chef du service PMI (direction métier)');
    expect(text).toContain('Direction adjointe est sollicité·e à sa place');
    expect(text).toContain('sans décision de votre part');
    expect(text).not.toContain('Absent·e');
  });

  test('puts several asks in one mail: one section, one button and one request each, the most urgent first', () => {
    const late = { id: 'person-id-3', name: 'Pôle Enfance', role: 'directorate' };
    const links = ['a', 'b', 'c', 'd'].map((name) => `https://troismains.example/r/${name}`);
    const [a = '', b = '', c = '', d = ''] = links;
    const soon = viewOf('seat', { at, ask: { due: '2023-09-08', dueAt: Date.parse('2023-09-09T00:00:00+02:00') } });
    const { subject, text } = render(
      mailOf([
        { view: viewOf('interests', { at }), rung: 'late-2', about: late, link: d },
        { view: viewOf('session', { at }), rung: 'before-2', link: c },
        { view: approve, rung: 'before-5', link: b },
        { view: soon, rung: 'before-2', link: a },
      ]),
    );
    expect(subject).toBe('2 réponses attendues, la première d’ici au vendredi 8 septembre ; 1 séance à venir ; 1 autre réponse en retard');
    const order = links.map((one) => text.indexOf(one));
    expect(order).toEqual([...order].sort((x, y) => x - y));
    for (const one of links) expect(occurrences(text, one)).toBe(1);
  });

  test('announces a session without asking anything yet, then asks at 18:00', () => {
    const announced = render(mailOf([{ view: viewOf('session', { at: rungAt('session', 'before-2') }), rung: 'before-2', link }]));
    expect(announced.subject).toBe('Votre séance a lieu le lundi 11 septembre – « Parcours périnatalité »');
    expect(announced.text).toContain('Les questions vous parviendront le lundi 11 septembre à 18 h.');
    const asked = render(mailOf([{ view: viewOf('session', { at: rungAt('session', 'opening') }), rung: 'opening', link }]));
    expect(asked.subject).toBe('Comment s’est passée la séance du lundi 11 septembre ? « Parcours périnatalité »');
  });

  test('tells a hard deadline with its hour', () => {
    expect(render(mailOf([{ view: viewOf('score', { at }), rung: 'opening', link }])).text).toContain('jusqu’au lundi 11 septembre à 19 h');
    expect(render(mailOf([{ view: viewOf('apply', { at }), rung: 'before-5', link }])).text).toContain(
      'jusqu’au lundi 11 septembre à 23 h 59',
    );
  });

  test('says by its day, not by its rung, whether the date is past: a reminder that leaves late tells no lie', () => {
    const view = { ...approve, at: rungAt('approve', 'late-2') };
    expect(render(mailOf([{ view, rung: 'before-2', link }])).subject).toContain('était attendue le lundi 11 septembre');
  });

  test('tells a coordinator exactly what is lacking, and what may be chosen', () => {
    type Lacking = NonNullable<AskView['lacking']>;
    const cases: [Lacking, string][] = [
      [{ kind: 'apply', step: 'call-open', outcome: 'none' }, 'L’appel s’est clos sans aucune candidature.'],
      [{ kind: 'eligibility', step: 'shortlist', outcome: 'none' }, 'Aucune candidature n’est recevable'],
      [{ kind: 'seat', step: 'jury', outcome: 'complete' }, 'Moins de deux personnes ont accepté de siéger au jury.'],
      [
        { kind: 'approve', step: 'roadmap-approval', part: '1', outcome: 'undecided' },
        'Le circuit s’est achevé sans décision : validation de la feuille de route',
      ],
      [{ kind: 'approve', step: 'diagnosis-approval', outcome: 'refused' }, 'La réponse est un refus : validation du diagnostic'],
      [
        { kind: 'session', step: 'field', part: '2023-09-06', outcome: 'not-held' },
        'La séance du mercredi 6 septembre ne s’est pas tenue.',
      ],
      [{ kind: 'session', step: 'field', part: '2023-09-06', outcome: 'none' }, 'retour sur la séance du mercredi 6 septembre'],
      [{ kind: 'approve', step: 'outcome-approval', outcome: 'no-sitting' }, 'Il ne reste aucune séance'],
    ];
    for (const [lacking, sentence] of cases) {
      const view = viewOf('decide', { step: lacking.step, at, more: { lacking, choices: ['extend', 'go-on', 'end-edition'] } });
      const { text, subject } = render(mailOf([{ view, rung: 'opening', link }]));
      expect(text).toContain(sentence);
      expect(text).toContain(
        'Vous pouvez reposer la question avec un nouveau délai, continuer avec ce qu’il y a ou mettre fin à l’édition.',
      );
      expect(subject).toMatch(/^Votre décision est attendue d’ici au lundi 11 septembre – ./);
    }
  });

  test('names each day that a session cannot be moved to, on its page', () => {
    const hints = locales.map((locale) => {
      const view = viewOf('decide', { at, locale });
      const form = { ...view.form, taken: ['2023-09-13', '2024-01-10'] as const };
      return (locale === 'fr' ? fr : en).fields({ ...view, form }).date?.hint;
    });
    expect(hints).toEqual([
      'Seulement pour un report ; une séance a déjà lieu le mercredi 13 septembre et le mercredi 10 janvier 2024.',
      'Only to move a session; a session already takes place on Wednesday 13 September and Wednesday 10 January 2024.',
    ]);
  });

  test('tells the person who is late that a substitute may now answer, and that the coordinators know', () => {
    const view = { ...approve, at: rungAt('approve', 'late-2'), substitute: { id: 'person-id-2', name: 'Direction adjointe' } };
    expect(render(mailOf([{ view, rung: 'late-2', link }])).text).toContain(
      'Direction adjointe peut désormais répondre aussi, à votre place, et la coordination en est prévenue.',
    );
  });

  test('refuses to be empty', () => {
    expect(() => render(mailOf([]))).toThrow('at least one');
  });
});

test('a receipt says the minute in which something was received, on page and in mail, never the next', () => {
  const at = Date.parse('2027-06-18T21:59:40.900Z'); // twenty seconds before midnight
  const clock = { at, edition: { timezone: 'Europe/Paris' } };
  expect(instantInWords(at, clock, 'fr').replaceAll('\u00a0', ' ')).toBe('vendredi 18 juin à 23 h 59');
  expect(instantInWords(at, clock, 'en')).toBe('Friday 18 June at 23:59');
});

test('a closing says whose hour it is, and its year where the reader is in another', () => {
  const closes = Date.parse('2028-01-01T04:00:00Z'); // midnight in Guadeloupe
  const read = (at: string, timezone = 'America/Guadeloupe') => ({ at: Date.parse(at), edition: { timezone } });
  const fr = (...given: Parameters<typeof deadlineInWords>) => deadlineInWords(...given).replaceAll('\u00a0', ' ');
  expect(fr(closes, read('2027-11-30T12:00Z'), 'fr')).toBe('vendredi 31 décembre à 23 h 59 (heure de la Guadeloupe)');
  expect(fr(closes, read('2028-01-02T12:00Z'), 'fr')).toBe('vendredi 31 décembre 2027 à 23 h 59 (heure de la Guadeloupe)');
  expect(fr(closes, read('2027-11-30T12:00Z', 'Europe/Paris'), 'fr')).toBe('samedi 1er janvier 2028 à 5 h (heure de Paris)');
  expect(deadlineInWords(closes, read('2027-11-30T12:00Z', 'Indian/Reunion'), 'en')).toBe('Saturday 1 January 2028 at 8:00 (Reunion time)');
  expect(hourOfZone('Europe/Athens', 'fr')).toBe('heure d’Athens');
});

describe('whom somebody named', () => {
  const named = { onBehalfOf: { id: 'dg', name: 'Direction générale', named: true as const } };
  const mailAt = (rung: 'opening' | 'before-2' | 'late-2') =>
    render(mailOf([{ view: viewOf('interview', { at: rungAt('interview', rung), more: named }), rung, link }]));

  test('reads who named them, and that nobody else answers from that place', () => {
    const { text } = mailAt('opening');
    expect(text).toContain('Direction générale vous a désigné·e pour répondre à sa place.');
    expect(text).not.toMatch(/n'a pas répondu|la première réponse/);
  });

  test('is reminded as whoever was asked, not asked anew', () => {
    for (const rung of ['before-2', 'late-2'] as const) {
      const { subject, text } = mailAt(rung);
      expect(`${subject}\n${text}`).not.toMatch(/nouvelle demande|Pouvez-vous répondre à la place/);
    }
    expect(mailAt('before-2').text).toContain('Il reste peu de temps');
  });
});

test('a coordinator sends a rappel, which is the word for every reminder', () => {
  const { subject, text } = render(mailOf([{ view: viewOf('interview'), rung: 'nudge-1', link }]));
  expect(subject).toMatch(/^Rappel : /);
  expect(text).toContain('La coordination vous rappelle cette demande');
  expect(`${subject}${text}`).not.toMatch(/relanc/i);
});

test('a label that asks is followed by what is said, without a colon', () => {
  expect(labelled('Quels problèmes aigus voyez-vous ?', 'une réponse est nécessaire', 'fr')).toBe(
    'Quels problèmes aigus voyez-vous ? Une réponse est nécessaire',
  );
  expect(labelled('Adresse', 'à revoir', 'fr')).toBe('Adresse\u00a0: à revoir');
  expect(labelled('Address', 'to be mended', 'en')).toBe('Address: to be mended');
});
