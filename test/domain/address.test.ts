import { expect, test } from '@jest/globals';
import { isAddress } from '../../domain/address.js';

test.each([
  'dg@valdoise.example',
  'direction.generale+essai@services.valdoise.example',
  "l'accueil@maternité.example",
  'a@b-c.fr',
  'x@col·legi.cat',
  'x@nom.বাংলা',
  'x@xn--maternit-i1a.example',
  `${'a'.repeat(64)}@valdoise.example`,
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
])('%j cannot', (text) => expect(isAddress(text)).toBe(false));
