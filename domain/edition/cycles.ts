/** Whether a value holds itself, as YAML can write it (`a: &a [*a]`): walking through it would never end. */
export function holdsItself(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (above.includes(value)) return true;
  return Object.values(value).some((item) => holdsItself(item, [...above, value]));
}
