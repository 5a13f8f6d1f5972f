import { expect, test } from '@jest/globals';
import { movesSvg } from '../../domain/plan/moves.js';

const bars = (svg: string) =>
  [...svg.matchAll(/<rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(([, x, y, width]) => [x, y, width].map(Number));

test('a step is drawn as it was above as it becomes, on one scale; one that was not, or is no more, once', () => {
  const svg = movesSvg(
    [
      {
        step: 'pitch',
        label: 'Jury',
        before: { start: '2023-06-15', finish: '2023-06-15' },
        after: { start: '2023-06-22', finish: '2023-06-22' },
      },
      { step: 'roadmap', label: 'Feuilles de route, projet <A> & B', before: null, after: { start: '2023-06-22', finish: '2023-07-05' } },
    ],
    { locale: 'fr' },
  );
  const [was, becomes, roadmap] = bars(svg);
  expect(bars(svg)).toHaveLength(3);
  expect(was?.[1]).toBeLessThan(becomes?.[1] ?? 0);
  expect(becomes?.[0]).toBeGreaterThan(was?.[0] ?? 0);
  expect(becomes?.[2]).toBe(was?.[2]);
  expect(roadmap?.[0]).toBe(becomes?.[0]);
  expect(Math.abs((roadmap?.[2] ?? 0) / 14 - (was?.[2] ?? 0))).toBeLessThan(0.1); // fourteen days
  expect(svg).toContain('&lt;A&gt; &amp; B');
  expect(svg).toContain('>juil.<');
});

test('nothing is drawn where nothing moves', () => {
  expect(movesSvg([], { locale: 'en' })).toBe('');
});
