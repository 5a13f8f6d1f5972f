import { clean, oneLine, plain, runs, subjectOf } from '../domain/clean.js';
import type { Reader, Rendered } from '../domain/mails.js';
import { curveApostrophes } from '../domain/typography.js';
import type { Locale } from '../domain/words.js';
import type { Block, Message } from './blocks.js';
import { type Html, html, webAddress } from './html.js';
import { preferencesLabel, sentWith } from './words/common.js';

const ink = '#1d2233';
const soft = '#5a6172';
const line = '#dfe2ea';
const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** A message as mail: the subject made safe, and the same content as HTML and as text; one to a person of an edition leads to their preferences. */
export function lay(written: Message, { preferences }: Partial<Pick<Reader, 'preferences'>> = {}): Rendered {
  const message = written.locale === 'fr' ? french(written) : written;
  return {
    subject: subjectOf(message.subject),
    text: textOf(message, preferences),
    html: htmlOf(message, preferences).markup,
    locale: message.locale,
  };
}

/** Apostrophes as French has them, in all but what somebody wrote and is quoted. */
function french({ locale, subject, kicker, heading, blocks, footer, signature }: Message): Message {
  const set = curveApostrophes;
  return {
    ...{ locale, subject: set(subject), kicker: set(kicker), heading: set(heading) },
    ...{ blocks: blocks.map(frenchBlock), footer: footer.map(set), signature: set(signature) },
  };
}

function frenchBlock(block: Block): Block {
  const set = curveApostrophes;
  switch (block.is) {
    case 'paragraph':
    case 'heading':
      return { ...block, text: set(block.text) };
    case 'button':
      return { ...block, label: set(block.label) };
    case 'list':
      return { ...block, items: block.items.map(set) };
    case 'links':
      return { ...block, items: block.items.map((item) => ({ ...item, text: set(item.text), label: set(item.label) })) };
    case 'quote':
    case 'rule':
      return block;
  }
}

/** French spaces that must not break: before ; : ? ! » and after «. Only on a page: in a text mail they would look like any other. */
const typeset = (text: string, locale: Locale): string =>
  locale === 'fr' ? text.replace(/ (?=[;:?!»])/g, '\u00a0').replace(/« /g, '«\u00a0') : text;

/** The last line: who to write to and, where the sender is the authority, whose software it is. */
const signed = (signature: string, { locale, preferences }: { locale: Locale; preferences: string | undefined }): string =>
  preferences === undefined ? signature : `${signature} · ${sentWith[locale]}`;

function htmlOf({ locale, kicker, heading, blocks, footer, signature }: Message, preferences?: string): Html {
  const words = (text: string): Html[] =>
    runs(text).map((run) => {
      const set = typeset(run.text, locale);
      return run.bold ? html`<strong style="color:${ink}">${set}</strong>` : html`${set}`;
    });
  const title = typeset(oneLine(plain(heading)), locale);
  return html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${title}</title></head>
<body style="margin:0;background:#f6f6f3;color:${ink};font-size:16px;line-height:1.55;${font}"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid ${line};border-radius:8px;text-align:left"><tr><td style="padding:28px 32px;color:${ink};font-size:16px;line-height:1.55;${font}">
<p style="margin:0 0 16px;font-size:14px;color:${soft}">${words(kicker)}</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.25">${title}</h1>
${blocks.map((block) => htmlBlock(block, words))}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-top:1px solid ${line};margin-top:24px"><tr><td style="padding-top:16px;font-size:14px;line-height:1.55;color:${soft};${font}">
${footer.map((text, index) => html`<p style="margin:${index === 0 ? 0 : 12}px 0 0">${words(text)}</p>`)}
</td></tr></table>
</td></tr></table>
<p style="margin:16px 0 0;font-size:13px;color:${soft};${font}">${words(signed(signature, { locale, preferences }))}</p>
${preferences === undefined ? html`` : html`<p style="margin:8px 0 0;font-size:13px;${font}"><a href="${webAddress(preferences)}" style="color:${soft}">${preferencesLabel[locale]}</a></p>\n`}</td></tr></table></body></html>
`;
}

function htmlBlock(block: Block, words: (text: string) => Html[]): Html {
  switch (block.is) {
    case 'paragraph':
      return block.soft === true
        ? html`<p style="margin:0 0 16px;font-size:14px;color:${soft}">${words(block.text)}</p>\n`
        : html`<p style="margin:0 0 16px">${words(block.text)}</p>\n`;
    case 'heading':
      return html`<h2 style="margin:0 0 12px;font-size:18px;line-height:1.3">${words(block.text)}</h2>\n`;
    case 'button':
      return html`<p style="margin:24px 0"><a href="${webAddress(block.href)}" style="background:${ink};color:#ffffff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:6px;display:inline-block">${block.label}</a></p>\n`;
    case 'list':
      return html`<ul style="margin:0 0 16px;padding-left:20px">${block.items.map((item) => html`<li style="margin:0 0 4px">${words(item)}</li>`)}</ul>\n`;
    case 'links':
      return html`<ul style="margin:0 0 16px;padding-left:20px">${block.items.map(({ text, label, href }) => html`<li style="margin:0 0 8px">${words(text)} – <a href="${webAddress(href)}" style="color:${ink};font-weight:600">${label}</a></li>`)}</ul>\n`;
    case 'quote':
      return html`<p style="margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid ${line};color:${soft};white-space:pre-line">${words(block.text)}</p>\n`;
    case 'rule':
      return html`<div style="border-top:1px solid ${line};margin:28px 0 24px;font-size:0;line-height:0"></div>\n`;
  }
}

function textOf({ locale, kicker, heading, blocks, footer, signature }: Message, preferences?: string): string {
  const bare = (text: string) => clean(plain(text)).replaceAll('\u00a0', ' ');
  const parts = [
    bare(kicker),
    oneLine(plain(heading)).replaceAll('\u00a0', ' '),
    ...blocks.map(textBlock),
    ...footer.map(bare),
    bare(signed(signature, { locale, preferences })),
    ...(preferences === undefined ? [] : [`${preferencesLabel[locale]}\n${webAddress(preferences)}`]),
  ];
  return `${parts.join('\n\n')}\n`;

  function textBlock(block: Block): string {
    switch (block.is) {
      case 'paragraph':
      case 'heading':
        return bare(block.text);
      case 'button':
        return `${bare(block.label)}\n${webAddress(block.href)}`;
      case 'list':
        return block.items.map((item) => `- ${bare(item)}`).join('\n');
      case 'links':
        return block.items.map(({ text, label, href }) => `- ${bare(text)} – ${bare(label)}\n  ${webAddress(href)}`).join('\n');
      case 'quote':
        return bare(block.text)
          .split('\n')
          .map((one) => `    ${one}`)
          .join('\n');
      case 'rule':
        return '– – –';
    }
  }
}
