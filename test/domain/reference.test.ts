import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readEdition } from '../../domain/edition.js';
import { computePlan } from '../../domain/plan.js';

const text = readFileSync('editions/val-d-oise-2023.yaml', 'utf8');
describe('the reference edition', () => {
  test('has the plan that another hand worked out', () => {
    const reading = readEdition(text);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems, null, 1));
    const expected: unknown = JSON.parse(readFileSync('test/domain/fixtures/val-d-oise-2023.plan.json', 'utf8'));
    expect(JSON.parse(JSON.stringify(computePlan(reading.edition)))).toEqual(expected);
    const t = performance.now();
    for (let i = 0; i < 1000; i++) computePlan(reading.edition);
    console.log((performance.now() - t) / 1000, 'ms');
  });
});
