import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maxSubjectLength } from '../../domain/clean.js';
import type { EventView } from '../../domain/eventwords.js';
import type { MailContent } from '../../domain/mails.js';
import { render } from '../../mail/render.js';
import { digestOf, everyItem, link, mailOf, opened, preferences, viewOf } from '../support/mail-views.js';
import { runs } from '../support/tier.js';

const decoded: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** What a reader of the HTML reads, addresses of links included, on one line. */
const wordsOfHtml = (html: string): string =>
  html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, '$2 $1')
    .replace(/<(\/?)(p|h1|h2|li|td|div|tr|table|body)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => decoded[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
const wordsOfText = (text: string): string => text.replace(/^- /gm, '').replaceAll('– – –', '').replace(/\s+/g, ' ').trim();

const { edition, at } = viewOf('approve');
const reader = { id: 'person-id-1', name: 'Direction générale', email: 'dg@valdoise.example', locale: 'fr' as const, preferences };
const closed = { state: 'answered' as const, at: opened, answer: { decision: 'changes-requested', remarks: 'Une ligne.\n\nDeux lignes.' } };

/** An event of each kind, one of them moved and one cancelled. */
function eventsOf(title: string): EventView[] {
  const base = {
    uid: 'uid-id',
    sequence: 0,
    state: 'confirmed' as const,
    changedAt: opened,
    first: '2023-09-06',
    last: '2023-09-06',
    project: title,
  };
  return [
    { ...base, kind: 'session', step: 'field', number: '3', was: '2023-08-30' },
    { ...base, kind: 'pitch', step: 'pitch', last: '2023-09-07' },
    { ...base, kind: 'sitting', step: 'outcome-approval', body: title, state: 'cancelled' },
    { ...base, kind: 'introduction', step: 'introductions', other: title },
  ];
}

function others(locale: 'fr' | 'en'): MailContent[] {
  const base = { at, edition, reader: { ...reader, locale } };
  const application = { title: 'Parler avant', need: 'need-id' };
  return [
    { ...base, template: 'receipt', view: viewOf('approve', { step: 'roadmap-approval', more: { closed } }), link },
    { ...base, template: 'receipt', view: viewOf('apply'), link },
    { ...base, template: 'link', view: viewOf('seat'), link },
    { ...base, template: 'link', view: viewOf('apply'), link },
    {
      ...base,
      template: 'sent-back',
      view: viewOf('approve', { step: 'roadmap-approval', more: { sentBack: { by: 'Service PMI', what: 'refused', on: '2023-09-01' } } }),
      link,
    },
    { ...base, template: 'link', view: viewOf('seat'), link, why: 'address' },
    { ...base, template: 'link', view: viewOf('approve', { step: 'roadmap-approval', more: { closed } }), link },
    {
      ...base,
      template: 'unreachable',
      person: { name: 'Maternité partenaire', role: 'field', email: 'accueil@maternite.example' },
      undelivered: [{ subject: 'Votre réponse est attendue', on: '2023-09-01' }],
      waiting: [viewOf('introduction')],
      substitute: { name: 'Sage-femme cadre', where: 'partly' },
      console: link,
    },
    ...(['retained', 'reserve', 'not-retained'] as const).map((fate) => ({
      ...base,
      template: 'letter' as const,
      fate,
      application,
      reason: 'Une équipe solide.',
    })),
    ...[true, false].map((declined) => ({ ...base, template: 'told-out' as const, application, declined })),
    ...[4, 0, -3].map((slackWorkingDays) => ({
      ...base,
      template: 'risk' as const,
      slackWorkingDays,
      steps: ['field' as const],
      target: '2024-01-26',
      console: link,
      sitting: { body: 'Commission permanente', date: '2024-01-22' },
      project: 'Parler avant',
    })),
    {
      ...base,
      template: 'undelivered',
      mails: [
        { id: 12, to: 'Sage-femme cadre', subject: 'Votre réponse est attendue', state: 'failed', why: '550 5.7.1 blocked' },
        { id: 13, to: 'Sage-femme cadre', subject: '', state: 'failed', why: '', address: 'by-itself' },
        { id: 14, to: 'Maternité partenaire', subject: 'Le jury', state: 'returned', why: '' },
        { id: 15, to: 'Maternité partenaire', subject: 'Le jury', state: 'returned', why: '', address: 'by-itself' },
        { id: 16, to: 'Direction générale', subject: 'Le jury', state: 'uncertain', why: 'the connection was closed' },
        { id: 17, to: 'Direction générale', subject: 'Le jury', state: 'uncertain', why: '', address: 'by-hand' },
      ],
      console: link,
    },
    digestOf({ locale }),
    { ...base, template: 'message', subject: 'Une salle', body: 'Salle B.\n\nPlan : https://plan.example/b' },
    { ...base, template: 'restitution', title: "L'expérimentation en chiffres", body: 'Premier point.\n\nSecond point :\n- un ;\n- deux.' },
    ...[eventsOf('Parler avant'), eventsOf('Parler avant').slice(0, 1)].map((events) => ({
      ...base,
      template: 'calendar' as const,
      events,
      calendar: link,
    })),
  ];
}

test('a sentence in French has « le » before its dates, and printed apostrophes', () => {
  const bare = /(?<!(?:\b[Ll]e|\b[Dd]u|\b[Aa]u|^-|:|\(|« ?.*) )\b(?:lundi|mardi|mercredi|jeudi|vendredi) (?:\d|1er)/m;
  for (const content of others('fr')) {
    const { subject, text } = render(content);
    const prose = text.replaceAll(/^ {4}.*$/gm, '');
    expect([content.template, `${subject}\n${prose}`.match(bare)?.[0], prose.match(/.{0,9}\p{L}'\p{L}.{0,9}/u)?.[0]]).toEqual([
      content.template,
      undefined,
      undefined,
    ]);
  }
});

describe('text and HTML', () => {
  test.each(['fr', 'en'] as const)('say the same, word for word and link for link, in %s', (locale) => {
    const asks = everyItem(locale).map(({ item }) => mailOf([item], locale));
    const many = mailOf(
      everyItem(locale)
        .slice(0, 5)
        .map(({ item }) => item),
      locale,
    );
    for (const content of [...asks, many, ...others(locale)]) {
      const { text, html, subject } = render(content);
      expect(wordsOfHtml(html).replaceAll('\u00a0', ' ')).toBe(wordsOfText(text));
      expect(`${subject}${text}`).not.toMatch(/undefined|null|-id|\d{4}-\d\d-\d\d/);
    }
  });

  test('load nothing from afar, run nothing, track nothing', () => {
    for (const content of [...everyItem('fr').map(({ item }) => mailOf([item])), ...others('fr')]) {
      const { html } = render(content);
      expect(html).not.toMatch(/<(img|script|link|iframe|style|form|input|object|svg)\b|\bsrc=|url\(|\son\w+=/i);
      expect(html).toMatch(/^<!doctype html>\n<html lang="fr">/);
    }
  });
});

const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'L\'été & l\'hiver "ensemble" <3',
  'Titre\r\nBcc: tout-le-monde@example.org\r\n\r\nbonjour',
  'Nom\u202egnp.exe\u202c \u0000\u0007\u001b[31m fin',
  'a\u0001b\u0002c',
  '\ud800 seul',
  '$' + '{link} {{name}} %s $& $1',
  'ا\u200fلعربية עברית 🙂👩‍👩‍👧',
  `${'très long '.repeat(60)}fin`,
  '   ',
];

describe('what people typed', () => {
  const contentWith = (evil: string): MailContent[] => {
    const view = viewOf('approve', {
      step: 'roadmap-approval',
      more: {
        project: { id: 'p', title: evil, need: evil, directorate: 'd' },
        before: [{ who: evil, what: evil, on: '2023-08-28', remarks: evil }],
        documents: [{ title: evil, version: 1, body: evil, hash: 'h', frozenOn: '2023-08-21', author: 'x' }],
        substitute: { id: 's', name: evil },
        next: { rung: 'late-2', at: opened },
        edition: { ...edition, title: evil, contact: { name: evil, email: evil } },
      },
    });
    return [
      { ...mailOf([{ view, rung: 'before-5', link }]), edition: view.edition },
      mailOf([{ view, rung: 'late-2', about: { id: 'x', name: evil, role: evil }, link }]),
      mailOf([
        { view: { ...view, onBehalfOf: { id: 'o', name: evil } }, rung: 'late-2', link },
        {
          view: viewOf('interests', { more: { applications: [{ id: 'a', title: evil, need: '', summary: '', applicant: '' }] } }),
          rung: 'opening',
          link,
        },
      ]),
      { template: 'letter', at, edition, reader, fate: 'retained', application: { title: evil, need: evil }, reason: evil },
      { template: 'restitution', at, edition, reader, title: evil, body: evil },
      { template: 'message', at, edition, reader, subject: evil, body: evil },
      {
        template: 'unreachable',
        at,
        edition,
        reader,
        person: { name: evil, role: evil, email: evil },
        undelivered: [{ subject: evil, on: '2023-09-01' }],
        waiting: [view],
        substitute: { name: evil, where: 'nowhere' },
        console: link,
      },
      { template: 'calendar', at, edition, reader, events: eventsOf(evil), calendar: link },
      ...eventsOf(evil).map((event): MailContent => ({ template: 'calendar', at, edition, reader, events: [event], calendar: link })),
      { ...digestOf({ title: evil }), edition: view.edition },
      {
        template: 'receipt',
        at,
        edition,
        reader,
        view: viewOf('apply', { more: { application: { id: 'a', title: evil, need: '', summary: '', applicant: '' } } }),
        link,
      },
      {
        template: 'risk',
        at,
        edition,
        reader,
        project: evil,
        slackWorkingDays: 0,
        steps: [],
        sitting: { body: evil, date: '2024-01-22' },
        target: '2024-01-26',
        console: link,
      },
    ];
  };
  const holds = (evil: string) => {
    for (const content of contentWith(evil)) {
      const { subject, text, html } = render(content);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the promise
      expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
      expect([...subject].length).toBeLessThanOrEqual(maxSubjectLength);
      for (const part of [text, html]) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the promise
        expect(part).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
      }
      expect(html).not.toMatch(/<(script|img|b|i|svg)\b/i);
      expect(wordsOfHtml(html).replace(/\s/g, '')).toBe(wordsOfText(text).replace(/\s/g, ''));
    }
  };

  test.each(nasty)('cannot break a subject, a text or a page: %j', (evil) => holds(evil));

  test('cannot, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (evil) => holds(evil.replace(/^\s*-\s/gm, '').replaceAll('– – –', ''))),
      { numRuns: runs(60), seed: 7 },
    );
  });

  test('stays readable: quotes, accents and angle brackets arrive as typed, apostrophes as French has them', () => {
    const title = 'L\'été & l\'hiver "ensemble" <3';
    const { html, text } = render({ template: 'told-out', at, edition, reader, application: { title }, declined: false });
    const set = title.replaceAll("'", '’');
    expect(text).toContain(`« ${set} »`);
    expect(wordsOfHtml(html).replaceAll('\u00a0', ' ')).toContain(`« ${set} »`);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'mailto:a@b.example', 'file:///etc/passwd', '/r/abc', ''])(
    'cannot make a link of %j',
    (evil) => {
      expect(() => render(mailOf([{ view: viewOf('seat'), rung: 'opening', link: evil }]))).toThrow('http');
    },
  );
});
