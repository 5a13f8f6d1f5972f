import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { askKinds } from '../../domain/asks.js';
import { plain } from '../../domain/clean.js';
import type { MailItem } from '../../domain/mails.js';
import { LOCALES } from '../../domain/words.js';
import { toBytes } from '../../mail/mime.js';
import { render } from '../../mail/render.js';
import { askWords } from '../../mail/words/asks.js';
import { lackingIn } from '../../rehearsal/carried.js';
import { mailText } from '../../rehearsal/mailtext.js';
import { requestsOf, says, wordsOf } from '../../rehearsal/requests.js';
import { requestId } from '../../store/asks.js';
import { everyItem, mailOf, stepsOf, viewOf } from '../support/mail-views.js';

const bytesOf = async (rendered: { subject: string; text: string; html: string }): Promise<string> =>
  (await toBytes({ rendered, from: 'a@troismains.example', to: 'b@troismains.example', messageId: '<1@troismains>', date: 0 })).toString();
const publicUrl = 'https://troismains.example';
const items = LOCALES.flatMap((locale) => everyItem(locale).map((one) => ({ ...one, locale })));

describe('the text of a mail', () => {
  test('is what a mail program reads in it, whatever it asks', async () => {
    for (const { item, locale } of items.filter((_, index) => index % 7 === 0)) {
      const bytes = await bytesOf(render(mailOf([item], locale)));
      const parsed = await simpleParser(bytes, { skipTextToHtml: true });
      expect(mailText(bytes).plain).toBe(parsed.text);
      const html = typeof parsed.html === 'string' ? parsed.html : '';
      expect(wordsOf(mailText(bytes).html.replaceAll(/https?:\S+/g, ''))).toBe(wordsOf(asProgramReads(html)));
    }
  });

  test('is found in other encodings, deeper parts and single parts', () => {
    const text = 'Où en êtes-vous ? – « là »';
    const base64 = Buffer.from(text)
      .toString('base64')
      .replaceAll(/(.{10})/g, '$1\r\n');
    const deep = [
      'From: a@b.example',
      'Content-Type: multipart/mixed;',
      '\tboundary=outer',
      '',
      'not read',
      '--outer',
      'Content-Type: multipart/alternative; boundary="inner"',
      '',
      '--inner',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64,
      '--inner',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>O=C3=B9 en =C3=AA=',
      "tes-<b>vous</b>&nbsp;? <a class=3D'x' href=3D'https://x.example/?a=3D1&amp;b=3D2'>ici &#233; &#xe9; &quot;</a></p><!-- <p>no</p> -->",
      '--inner--',
      '--outer--',
      'not read either',
    ].join('\r\n');
    expect(mailText(deep)).toEqual({ plain: text, html: 'Où en êtes-vous\u00a0?  https://x.example/?a=1&b=2 ici é é "' });
    expect(mailText(`Subject: x\n\n${text}\n`)).toEqual({ plain: `${text}\n`, html: '' });
    expect(mailText('')).toEqual({ plain: '', html: '' });
  });
});

describe('the request of an ask', () => {
  const askedIn = ({ ask, project }: ReturnType<typeof viewOf>) => ({
    kind: ask.kind,
    step: ask.step,
    project: project?.id ?? null,
    part: ask.part ?? null,
    version: ask.version,
  });

  test.each(askKinds)('is found in every mail about it, of the kind %s, and in none from which it was taken', async (kind) => {
    // a session is announced by one rung only
    const real = ({ view, rung }: MailItem) => view.ask.kind === kind && (view.ask.openedAt !== null || rung === 'before-2');
    for (const { item, locale, name } of items.filter((one) => real(one.item))) {
      const view = { ...item.view, ask: { ...item.view.ask, id: 'vexin.ask' } };
      const link = item.about === undefined ? `${publicUrl}/a/${requestId('vexin.ask', 'reader')}/seal` : `${publicUrl}/editions/vexin`;
      const rendered = render(mailOf([{ ...item, view, link }], locale));
      const lacking = async (change: (text: string) => string) => {
        const text = mailText(await bytesOf({ subject: '', text: change(rendered.text), html: change(rendered.html) }));
        const asks = [{ ask: 'vexin.ask', rung: item.rung, ...(item.about === undefined ? {} : { about: 'somebody' }) }];
        return lackingIn({ person: 'reader', asks, text }, { known: new Map([['vexin.ask', askedIn(view)]]), publicUrl });
      };
      expect([name, await lacking((text) => text)]).toEqual([name, [undefined]]);
      // the last sentence of the request, gone from both parts
      const last = (plain(askWords(kind, locale).request(view)).match(/\p{L}+/gu) ?? []).slice(-3);
      const gone = (text: string) => text.replaceAll(new RegExp(last.join('[^\\p{L}]+'), 'giu'), '');
      expect([name, await lacking(gone)]).toEqual([name, ['request:plain,request:html']]);
    }
  });

  test('has enough words of its own not to be said by chance, and is not said by another', () => {
    const all = askKinds.flatMap((kind) => stepsOf[kind].map((step) => ({ kind, step, view: viewOf(kind, { step }) })));
    for (const { kind, step, view } of all) {
      const requests = requestsOf(askedIn(view), { announced: view.ask.openedAt === null });
      for (const request of requests) expect(request.join('').trim().split(/ +/).length).toBeGreaterThanOrEqual(7);
      const saysIt = ({ kind: other, view: asked }: (typeof all)[number]) =>
        LOCALES.some((locale) => requests.some((request) => says(wordsOf(askWords(other, locale).request(asked)), request)));
      expect(all.filter(saysIt).map((other) => `${other.kind} ${other.step}`)).toEqual([`${kind} ${step}`]);
    }
  });

  test.each(['seat', 'prepare'] as const)('is found with the day of the jury, where it is set, and without: %s', (kind) => {
    for (const more of [{}, { event: { on: '2023-11-09' } }])
      for (const locale of LOCALES) {
        const view = viewOf(kind, { more });
        const words = wordsOf(askWords(kind, locale).request(view));
        expect(requestsOf(askedIn(view), { announced: false }).some((request) => says(words, request))).toBe(true);
      }
  });

  test('is not said when its words come in another order, or only half of them', () => {
    expect(says(wordsOf('un deux trois quatre'), [' un ', ' trois quatre '])).toBe(true);
    expect(says(wordsOf('un deux'), [' un ', ' deux '])).toBe(true);
    expect(says(wordsOf('trois quatre un'), [' un ', ' trois quatre '])).toBe(false);
    expect(says(wordsOf('un deux trois'), [' un ', ' trois quatre '])).toBe(false);
    expect(says(wordsOf('un'), [])).toBe(false);
    expect(wordsOf('«\u00a0L’été\u00a0», e\u0301crit-il\n  : ')).toBe(' l été écrit il ');
  });
});

/** The words of a page without its markup, as mailparser leaves it. */
const asProgramReads = (html: string): string =>
  html
    .replaceAll(/<head>.*?<\/head>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
