/** Texts of one line that have a shape: an address, a telephone number, a page, a SIRET. Each is kept in one way of writing. */
import { isAddress } from '../address.js';

/** A shape that a line may have to have. */
export type Format = 'email' | 'phone' | 'url' | 'siret';

/** A line as it is kept; undefined where it has not the shape. */
export function formatted(format: Format, line: string): string | undefined {
  switch (format) {
    case 'email':
      return isAddress(line) ? line : undefined;
    case 'phone':
      return phone(line);
    case 'url':
      return url(line);
    case 'siret':
      return siret(line);
  }
}

/** A number of a telephone (E.164: at most 15 digits), as it was typed. */
function phone(line: string): string | undefined {
  const digits = line.replace(/[\s().\-/]/g, '');
  return /^\+?\d{6,15}$/.test(digits) ? line : undefined;
}

/** The address of a page; without `https://` it is put before it. */
function url(line: string): string | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(line) ? line : `https://${line}`;
  if (!URL.canParse(whole) || /\s/.test(whole)) return undefined;
  const { protocol, hostname, username } = new URL(whole);
  return /^https?:$/.test(protocol) && hostname.includes('.') && username === '' ? whole : undefined;
}

/** A SIRET: fourteen digits whose key is right (Luhn; for La Poste the sum of the digits, a multiple of five), in groups as it is read. */
function siret(line: string): string | undefined {
  const digits = line.replace(/[\s.]/g, '');
  if (!/^\d{14}$/.test(digits)) return undefined;
  const sum = [...digits].reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  const plain = [...digits].reduce((total, digit) => total + Number(digit), 0);
  const holds = sum % 10 === 0 || (digits.startsWith('356000000') && plain % 5 === 0);
  return holds ? digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4') : undefined;
}
