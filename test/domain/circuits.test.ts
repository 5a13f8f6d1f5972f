import { describe, expect, test } from '@jest/globals';
import { approversOf, circuitOf, type Stage, seatsOf } from '../../domain/circuits.js';
import { filingDay, firstSitting, lastSitting } from '../../domain/sittings.js';
import { editionOf, reference, textOf } from './editions.js';

const edition = reference();
const [both, executive] = circuitOf(edition, 'outcome-approval').stages;
const wd = (n: number) => ({ kind: 'fixed' as const, unit: 'wd' as const, n });

describe('a circuit', () => {
  test('asks the directorate of the project’s need, or every one that carries a need when there is no project', () => {
    if (!both || !executive) throw new Error('the reference has two stages');
    expect(approversOf(both, edition, 'perinatalite')).toEqual(['pmi', 'impact']);
    expect(approversOf(both, edition, 'mineurs')).toEqual(['enfance', 'impact']);
    expect(approversOf(both, edition)).toEqual(['pmi', 'enfance', 'impact']);
    expect(approversOf(executive, edition, 'mineurs')).toEqual(['dg']);
  });

  test('asks the first executive when a stage names the role, and every directorate when it says so', () => {
    const stage: Stage = {
      seats: [
        { by: 'executive', within: wd(3) },
        { by: 'directorates', within: wd(5) },
      ],
      length: wd(5),
    };
    expect(approversOf(stage, edition, 'mineurs')).toEqual(['dg', 'pmi', 'enfance']);
  });

  test('gives one person one seat, with the longer of its lengths', () => {
    const stage: Stage = {
      seats: [
        { by: 'pmi', within: wd(3) },
        { by: 'directorate', within: wd(8) },
      ],
      length: wd(8),
    };
    expect(seatsOf(stage, edition, 'perinatalite')).toEqual([{ person: 'pmi', within: wd(8) }]);
  });

  test('has the programme’s approvals when the file says nothing', () => {
    const park = editionOf(textOf('editions/parc-des-mornes-2028.yaml'));
    expect(circuitOf(park, 'roadmap-approval').stages.map(({ seats }) => seats)).toEqual([
      [{ by: 'directorate', within: wd(5) }],
      [{ by: 'executive', within: wd(10) }],
    ]);
  });

  test('counts a stage of several units as long as its longest', () => {
    const towns = editionOf(textOf('editions/rives-de-brume-2027.yaml'));
    expect(circuitOf(towns, 'selection-approval')).toMatchObject({ stages: [{ length: wd(4) }], session: 'bureau' });
  });
});

describe('a sitting', () => {
  const body = 'commission-permanente';
  test('is filed for k working days before', () => {
    expect(filingDay(edition, body, '2024-01-22')).toBe('2023-12-22');
    expect(
      filingDay(
        { ...edition, territory: { ...edition.territory, sessions: { b: { id: 'b', name: 'B', fileByWorkingDays: 1, dates: [] } } } },
        'b',
        '2023-05-09',
      ),
    ).toBe('2023-05-05');
  });

  test('can be reached while its filing day is not past', () => {
    expect(firstSitting(edition, body, '2023-11-27')?.date).toBe('2023-12-18');
    expect(firstSitting(edition, body, '2023-11-28')?.date).toBe('2024-01-22');
    expect(firstSitting(edition, body, '2023-12-23')).toBeUndefined();
    expect(firstSitting(edition, body, '2023-11-01', '2023-12-18')?.date).toBe('2024-01-22');
  });

  test('may be on the last day itself', () => {
    expect(lastSitting(edition, body, '2024-01-22')).toEqual({ date: '2024-01-22', fileBy: '2023-12-22' });
    expect(lastSitting(edition, body, '2024-01-21')?.date).toBe('2023-12-18');
    expect(lastSitting(edition, body, '2023-01-21')).toBeUndefined();
  });

  test('of a body that the territory lacks is an error', () => {
    expect(() => filingDay(edition, 'toString', '2024-01-22')).toThrow('no body toString');
  });
});
