import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CSV_DIALECTS, csvText } from '../../domain/csv.js';

/** A reader of our own (RFC 4180). */
function read(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; !(text[at] === '"' && text[at + 1] !== '"'); at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else for (; at < text.length && !text.startsWith(separator, at) && !text.startsWith('\r\n', at); at++) cell += text[at];
    row.push(cell);
    if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at++;
    }
    at++;
  }
  expect(row).toEqual([]); // the last line ends too
  return rows;
}

const dangerous = ['=1+1', '+33 1', '-2+3', '@SUM(A1)', '\tx', '\rx', '＝1+1', '=HYPERLINK("http://x.example";"a")'];

describe('a table for French spreadsheets', () => {
  const lines = (rows: (string | number | null)[][]) => csvText(rows, 'french');

  test('has semicolons, the mark of UTF-8 and CRLF', () => {
    expect(lines([['é', 'a;b', 'c,d', 'dit "x"', null, 12]])).toBe('\ufeffé;"a;b";c,d;"dit ""x""";;12\r\n');
  });

  test.each(dangerous)('has no formula: %j', (typed) => {
    expect(read(lines([['a', typed]]).slice(1), ';')).toEqual([['a', `'${typed}`]]);
  });

  test('keeps a negative number a number, and a date what it is', () => {
    expect(lines([[-3, '2027-06-15', "l'été"]])).toBe("\ufeff-3;2027-06-15;l'été\r\n");
  });
});

describe('a table for machines', () => {
  test('has commas, no mark, and texts as they are', () => {
    expect(read(csvText([dangerous], 'rfc4180'), ',')).toEqual([dangerous]);
    expect(csvText([['é', 'a;b', 'c,d', null, -3]], 'rfc4180')).toBe('é,a;b,"c,d",,-3\r\n');
  });
});

test.each(CSV_DIALECTS)('what is written as %s is read back cell by cell, whatever it is', (dialect) => {
  const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'é', ' ', 'x', '='), maxLength: 12 });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rows, (table) => {
      const text = csvText(table, dialect);
      const back = dialect === 'french' ? read(text.slice(1), ';') : read(text, ',');
      const safe = (one: string) => (dialect === 'french' && /^[=\r]/.test(one) ? `'${one}` : one);
      expect(back).toEqual(table.map((row) => row.map(safe)));
    }),
  );
});
