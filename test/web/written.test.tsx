import { describe, expect, test } from '@jest/globals';
import { Text } from '../../web/text.js';
import { Written } from '../../web/written.js';
import { growth } from '../support/growth.js';
import { site } from './support/client.js';

const html = (text: string) => String(<Written text={text} />).replaceAll(/\s*\n\s*/g, '');

describe('a document as its author set it', () => {
  test('has its paragraphs, lines, lists, headings and tables', () => {
    expect(html('Un\ndeux\n\ntrois')).toBe('<p>Un<br>deux</p><p>trois</p>');
    expect(html('- un\n- deux')).toBe('<ul><li>un</li><li>deux</li></ul>');
    expect(html('1. un\n2. deux')).toBe('<ol><li>un</li><li>deux</li></ol>');
    expect(html('# Titre\n\n## Sous-titre')).toBe('<h2>Titre</h2><h3>Sous-titre</h3>');
    expect(html('| Mesure | Avant |\n|---|---|\n| Visites | 12 |')).toBe(
      '<div class="scroll" tabindex="0"><table><thead><tr><th>Mesure</th><th>Avant</th></tr></thead><tbody><tr><td>Visites</td><td>12</td></tr></tbody></table></div>',
    );
    expect(html('    indenté')).toBe('<p>indenté</p>');
  });

  test('links to the web, and to nothing else', () => {
    expect(html('Voir https://exemple.example/a_b?c=1.')).toBe(
      '<p>Voir <a href="https://exemple.example/a_b?c=1" rel="noopener noreferrer nofollow ugc">https://exemple.example/a_b?c=1</a>.</p>',
    );
    for (const href of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      '//elsewhere.example',
      '/r/somebody',
      'JaVaScRiPt:x',
    ])
      expect(html(`[ici](${href})`)).not.toContain('<a ');
    expect(html('[ici](https://exemple.example "x\\" onclick=\\"y")')).not.toMatch(/ onclick="/);
  });

  test('has no HTML, and asks for nothing from elsewhere', () => {
    expect(html('<script>alert(1)</script> <b>x</b>')).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt;</p>');
    expect(html('![suivi](https://elsewhere.example/p.gif)')).not.toContain('<img');
    expect(html(`${'> '.repeat(500)}profond`)).not.toContain('undefined');
    expect(html('')).toBe('');
  });
});

describe('a hostile text', () => {
  const hostile = [
    ...[
      ' ',
      '\t',
      '\n',
      '\r',
      '\n ',
      '\u00a0',
      'a',
      '*',
      '_',
      '**a',
      '`',
      '[',
      ']',
      '![',
      '[a](',
      '[](<',
      '<',
      '>',
      '<!--',
      '&',
      '\\',
      '#',
    ],
    ...['- ', '> ', '1. ', '|', '|a\n|-|\n', '~~a', 'http://', 'http://.', 'a@a.', '.', '"', '[a]: b\n', '=\n', '\n\n', 'a  \n', '😀'],
  ];

  test.each([
    ['as text', (text: string) => String(<Text text={text} />)],
    ['as a document', (text: string) => String(<Written text={text} />)],
  ])('%s costs as much as it is long', async (_, shown) => {
    const all = (n: number) => hostile.map((piece) => shown(`${piece.repeat(n / piece.length)}x`));
    expect(await growth((times) => all(times * 2_500))).toBeLessThan(24);
  });

  test('as an address of a page costs as much as it is long', async () => {
    const { get } = site();
    const all = async (n: number) => {
      for (const piece of ['.', '/', ')', '’']) for (let k = 0; k < 5; k++) await get(`/a${piece.repeat(n)}x`);
    };
    expect(await growth((times) => all(times * 2_000))).toBeLessThan(24);
  });
});
