/** What people wrote, shown as plain text: paragraphs, line breaks, and web addresses as links. Everything is escaped by the JSX. */

import { isAddress, onTheWire } from '../domain/address.js';

/** A web address that may be a link: `http` or `https` only; undefined otherwise. */
export function safeHref(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined;
  const { protocol, href } = new URL(given);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}

/** An address as a `mailto:` link would take it; undefined when it could be anything else. */
export const mailHref = (email: string): string | undefined =>
  isAddress(email) ? `mailto:${encodeURIComponent(onTheWire(email)).replace('%40', '@')}` : undefined;

const address = /(https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]'])/;

/** One line: its addresses are links. */
function Line({ text }: { text: string }) {
  return (
    <>
      {text.split(address).map((piece, i) => {
        const href = i % 2 === 1 ? safeHref(piece) : undefined;
        return href === undefined ? (
          piece
        ) : (
          <a href={href} rel="noopener noreferrer nofollow ugc">
            {piece}
          </a>
        );
      })}
    </>
  );
}

/** Plain text as paragraphs: an empty line separates two of them. */
export function Text({ text }: { text: string }) {
  const paragraphs = text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/^\n+/, '').trimEnd())
    .filter((paragraph) => paragraph !== '');
  return (
    <>
      {paragraphs.map((paragraph) => (
        <p>
          {paragraph.split('\n').map((line, i) => (
            <>
              {i > 0 ? <br /> : null}
              <Line text={line} />
            </>
          ))}
        </p>
      ))}
    </>
  );
}
