import { describe, expect, test } from '@jest/globals';
import { main } from '../../cli/main.js';
import { againCommand } from '../../cli/rehearse/many.js';
import { hearing } from '../support/terminal.js';
import { REFERENCE } from './editions.js';

const heard = hearing();

describe('troismains rehearse', () => {
  test('refuses one seed and many seeds together, in the language asked for, before anything is started', async () => {
    expect(await main(['rehearse', REFERENCE, '--seed', '3', '--seeds', '20', '--lang', 'fr'])).toBe(2);
    expect([heard.out, heard.err]).toEqual(['', expect.stringContaining('--seed et --seeds ne vont pas ensemble')]);
    expect(await main(['rehearse', REFERENCE, '--seed', '3', '--seeds', '20', '--json', '--lang', 'en'])).toBe(2);
    expect(JSON.parse(heard.out)).toMatchObject({ error: { exitCode: 2, message: expect.stringContaining('do not go together') } });
  });

  test.each([
    ['--seeds', '0'],
    ['--seeds', '1001'],
    ['--seeds', '2.5'],
    ['--seeds', 'many'],
    ['--seed', '0'],
    ['--seed', '-1'],
    ['--personas', 'nowhere.yaml'],
  ])('answers 2 to %s %s', async (option, value) => {
    expect(await main(['rehearse', REFERENCE, option, value, '--json'])).toBe(2);
    expect(JSON.parse(heard.out)).toMatchObject({ error: { exitCode: 2 } });
  });

  test('gives a command that lives one seed again, as a shell takes it', () => {
    expect(againCommand(REFERENCE, { seed: 7, personas: 'realistic' })).toBe(`troismains rehearse ${REFERENCE} --seed 7 --out report-7`);
    expect(againCommand("l'édition 1.yaml", { seed: 1, personas: 'summer-late' })).toBe(
      "troismains rehearse 'l'\\''édition 1.yaml' --personas summer-late --out report-1",
    );
  });
});
