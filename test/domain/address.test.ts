import { expect, test } from '@jest/globals';
import { isAddress, isSameAddress, needsUtf8, onTheWire } from '../../domain/address.js';

test.each([
  'dg@valdoise.example',
  'direction.generale+essai@services.valdoise.example',
  "l'accueil@maternité.example",
  'a@b-c.fr',
  'x@col·legi.cat',
  'x@nom.বাংলা',
  'x@xn--maternit-i1a.example',
  `${'a'.repeat(64)}@valdoise.example`,
  'r&d@ville.example',
  'a=b@ville.example',
  'x@ville.xn--p1ai',
  `x@${'b'.repeat(63)}.example`,
])('%s can be an address', (text) => expect(isAddress(text)).toBe(true));

test.each([
  '',
  'dg',
  'dg@valdoise',
  'dg@valdoise.example.',
  'dg@valdoise..example',
  'dg@.example',
  'dg@-valdoise.example',
  'dg@valdoise-.example',
  '.dg@valdoise.example',
  'dg.@valdoise.example',
  'd..g@valdoise.example',
  'dg@valdoise.e',
  'dg@valdoise.example dga@valdoise.example',
  'dg@valdoise.example,dga@valdoise.example',
  'DG <dg@valdoise.example>',
  'dg@valdoise.example\r\nBcc: x@y.example',
  'dg\u200b@valdoise.example',
  `${'a'.repeat(250)}@b.fr`,
  `${'a'.repeat(65)}@b.fr`,
  `${'é'.repeat(33)}@b.fr`, // 66 octets
  `x@${'b'.repeat(64)}.fr`,
  `x@${'é'.repeat(60)}.fr`, // longer than 63 as an A-label
  'x!y%z@ville.example', // a way through other servers
  'x%z@ville.example',
  'x@ｅｘａｍｐｌｅ.org', // looks like a domain, in letters of another width
])('%j cannot', (text) => expect(isAddress(text)).toBe(false));

test('an address goes over the wire with its domain in ASCII, and its local part as it is', () => {
  expect(onTheWire('x@collectivité.example')).toBe('x@xn--collectivit-lbb.example');
  expect(onTheWire('Dg@ValdOise.Example')).toBe('Dg@valdoise.example');
  expect(onTheWire('élodie@x.example')).toBe('élodie@x.example');
  expect([needsUtf8('élodie@x.example'), needsUtf8('x@collectivité.example')]).toEqual([true, false]);
});

test.each([
  ['x@collectivité.example', 'x@xn--collectivit-lbb.example'],
  ['x@collectivité.example', 'x@collectivite\u0301.example'],
  ['e\u0301lodie@x.example', 'Élodie@X.example'],
])('%s and %s are one mailbox', (a, b) => expect([isSameAddress(a, b), isSameAddress(b, a)]).toEqual([true, true]));

test('others are not', () => expect(isSameAddress('x@collectivité.example', 'x@collectivite.example')).toBe(false));
