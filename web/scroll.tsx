/** What may be wider than the page scrolls by itself, named and reachable by keyboard, so that the page never does. */
import type { Child } from 'hono/jsx';

/** A scrolling region; `labelledBy` is the id of its heading, `label` its name where there is none. */
export function Scroll({ labelledBy, label, children }: { labelledBy?: string; label?: string; children?: Child }) {
  return (
    <section class="scroll" tabindex={0} aria-labelledby={labelledBy} aria-label={label}>
      {children}
    </section>
  );
}
