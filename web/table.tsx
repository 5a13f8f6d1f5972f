/** A table: in a region that scrolls by itself, under its caption or the heading that names it. */
import type { Child } from 'hono/jsx';
import { Scroll } from './scroll.js';

/** What a table is made of. Its name is its `caption`, or the heading whose id `labelledBy` is. */
export type TableProps = {
  head: readonly Child[];
  /** Too wide for a small screen: it scrolls rather than break its words. */
  roomy?: boolean;
  /** Its short rows become cards on a small screen; its rows are given their titles (`labels`). */
  cards?: boolean;
  /** Its bodies: `Rows`, or groups of rows. */
  children?: Child;
} & (
  | { labelledBy: string }
  | {
      caption: string;
      /** The heading above says what the caption says. */
      hidden?: boolean;
    }
);

/** The table. */
export function Table({ head, roomy, cards, children, ...named }: TableProps) {
  const table = (
    <table class={cards ? 'cards' : roomy ? 'roomy' : undefined}>
      {'caption' in named ? <caption class={named.hidden ? 'hidden' : undefined}>{named.caption}</caption> : null}
      <thead>
        <tr>
          {head.map((title) => (
            <th scope="col">{title}</th>
          ))}
        </tr>
      </thead>
      {children}
    </table>
  );
  return 'caption' in named ? <Scroll label={named.caption}>{table}</Scroll> : <Scroll labelledBy={named.labelledBy}>{table}</Scroll>;
}

/** Rows under one another; `named`: the first cell of each is its header; `labels`: what each cell is, where a row may become a card. */
export function Rows({
  rows,
  named = false,
  labels = [],
}: {
  rows: readonly (readonly Child[])[];
  named?: boolean;
  labels?: readonly string[];
}) {
  return (
    <tbody>
      {rows.map(([first, ...cells]) => (
        <tr>
          {named ? <th scope="row">{first}</th> : <td data-label={labels[0]}>{first}</td>}
          {cells.map((cell, i) => (
            <td data-label={labels[i + 1]}>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
