/** A piece of HTML that is safe to send: only `html` and `attribute`-free literals make one. */
export interface Html {
  readonly markup: string;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML shows it, in an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

type Value = string | number | Html | readonly Html[];

/** HTML whose values are escaped, unless they are HTML made the same way. */
export function html(literals: TemplateStringsArray, ...values: Value[]): Html {
  return { markup: literals.map((literal, index) => literal + markupOf(values[index] ?? '')).join('') };
}

function markupOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'markup' in value ? value.markup : value.map((piece) => piece.markup).join('');
}

/**
 * An address that a mail may link to.
 * @throws when it is not http or https: such a link never comes from the programme
 */
export function webAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) throw new Error('a mail may only link to http or https');
  return url.href;
}
