/** A browser and its system, as roughly as their owner knows them: "Firefox, Windows". */

const browsers: readonly [RegExp, string][] = [
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** What a `User-Agent` says in words of ours only; empty where it says nothing that is known. */
export function deviceOf(userAgent = ''): string {
  const known = (all: readonly [RegExp, string][]) => all.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [known(browsers), known(systems)].filter((word) => word !== undefined).join(', ');
}
