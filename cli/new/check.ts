/** What a copy moves with the weeks although it is not so in the world: school holidays, closures, sittings, fixed days. */
import { type Document, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Locale, Words } from '../../domain/words.js';

/** A place of an edition file that somebody must look at again, and why. */
export type ToCheck = { path: readonly string[]; why: Words };

const why = {
  closures: {
    fr: 'fermetures décalées avec le reste ; mettre les vraies',
    en: 'closures moved with everything else; put the real ones',
  },
  schoolHolidays: {
    fr: 'vacances scolaires décalées avec le reste ; mettre celles du calendrier officiel',
    en: 'school holidays moved with everything else; put those of the official calendar',
  },
  sittings: {
    fr: "séances décalées avec le reste ; mettre celles du calendrier de l'instance",
    en: "sittings moved with everything else; put those of the body's own calendar",
  },
  pin: {
    fr: 'jour fixé, décalé avec le reste ; ce jour convient-il ?',
    en: 'fixed day, moved with everything else; does this day suit?',
  },
} satisfies Record<string, Words>;

const mark: Record<Locale, string> = { fr: '# à vérifier :', en: '# check:' };

/** The ids under a path, in the order of the file. */
export const mapOf = (document: Document, path: readonly string[]): string[] => {
  const node = document.getIn(path, true);
  return isMap(node) ? node.items.map(({ key }) => nameOf(key)) : [];
};
const nameOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

/** What there is to look at again in an edition file, in the order of its usual layout. */
export function placesToCheck(document: Document): ToCheck[] {
  const places: ToCheck[] = [
    { path: ['territory', 'closures'], why: why.closures },
    { path: ['territory', 'schoolHolidays'], why: why.schoolHolidays },
    ...mapOf(document, ['territory', 'sessions']).map((body) => ({ path: ['territory', 'sessions', body, 'dates'], why: why.sittings })),
    ...mapOf(document, ['plan']).map((step) => ({ path: ['plan', step, 'date'], why: why.pin })),
  ];
  return places.filter(({ path }) => {
    const node = document.getIn(path, true);
    return isScalar(node) || (isSeq(node) && node.items.length > 0);
  });
}

/** The text with a comment before each place, on a line of its own; a place that has one from an earlier copy keeps it. */
export function marked(
  text: string,
  { document, places, locale }: { document: Document; places: readonly ToCheck[]; locale: Locale },
): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const comments = places.map((place) => ({ at: lineOf(text, document, place.path), words: `${mark[locale]} ${place.why[locale]}` }));
  return comments
    .sort((a, b) => b.at - a.at)
    .reduce((done, { at, words }) => {
      const above = done.slice(0, at).trimEnd().split('\n').at(-1)?.trim() ?? '';
      if (Object.values(mark).some((one) => above.startsWith(one))) return done;
      const indent = /^[ \t]*/.exec(done.slice(at))?.[0] ?? '';
      return `${done.slice(0, at)}${indent}${words}${end}${done.slice(at)}`;
    }, text);
}

/** Where the line begins of the innermost key of a path that nothing else stands before: a comment between lines is one, also inside braces. */
function lineOf(text: string, document: Document, path: readonly string[]): number {
  let map: unknown = document.contents;
  let found = 0;
  for (const name of path) {
    const pair: YAMLMap['items'][number] | undefined = isMap(map) ? map.items.find(({ key }) => nameOf(key) === name) : undefined;
    const at = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    if (at === undefined) break;
    const line = text.lastIndexOf('\n', at - 1) + 1;
    if (text.slice(line, at).trim() === '') found = line;
    map = pair?.value;
  }
  return found;
}
