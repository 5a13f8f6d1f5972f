/** A coordinator at work: over a real edition, with scripts off, as narrow as a telephone. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Installation } from '../../client/installation.js';
import { addAccount } from '../../store/accounts.js';
import { inTransaction, type Store } from '../../store/db.js';
import { openSession } from '../../store/sessions.js';
import { liveBackend } from '../../web/live.js';
import { linkKey } from '../support/edition.js';
import { openContext, type Served, seriousProblems } from './browser.js';

/** Somebody who coordinates an edition, and is in. */
export interface Coordinator {
  page: Page;
  /** What axe finds on the page that is open, and whether it is too wide: with scripts on. */
  looked(): Promise<string[]>;
  /** What the journal says of them: a verb and their name, a line each. */
  journal(): Promise<string[]>;
  done(): Promise<void>;
}

/** Lets the coordinator of an edition in, and serves its installation as of an instant. */
export async function coordinatorOf(
  { id, email, store, at }: { id: string; email: string; store: Store; at(): number },
  { browser, served }: { browser: Browser; served: Served },
): Promise<Coordinator> {
  const { id: account } = await inTransaction(store.pool, (tx) =>
    addAccount(tx, { id: `acc-${id}`, email, name: 'Camille Labo', by: 'machine', realNow: at() }),
  );
  const { session } = await inTransaction(store.pool, (tx) =>
    openSession(tx, { account, way: 'key', device: '', wanted: '/', realNow: at() }),
  );
  const installation = {
    store,
    linkKey,
    publicUrl: served.url,
    realNow: at,
    wake: async () => true,
    engine: { cohort: async () => undefined },
  };
  served.over(liveBackend(installation as unknown as Installation));
  const context = async (javaScriptEnabled: boolean): Promise<BrowserContext> => {
    const made = await openContext(browser, { locale: 'fr-FR', javaScriptEnabled, viewport: { width: 320, height: 640 } });
    await made.addCookies([{ name: 'session', value: session, url: served.url, httpOnly: true, sameSite: 'Lax' }]);
    return made;
  };
  const [without, withScripts] = [await context(false), await context(true)];
  const page = await without.newPage();
  return {
    page,
    async looked() {
      const other = await withScripts.newPage();
      await other.goto(page.url());
      const width = await other.evaluate('document.documentElement.scrollWidth');
      const found = [...(await seriousProblems(other)), ...(Number(width) > 320 ? [`${width} pixels wide`] : [])];
      await other.close();
      return found;
    },
    journal: async () =>
      (
        await store.pool.query<{ line: string }>(
          `select verb || ' ' || (select name from account where 'account:' || id = actor) as line from audit where edition = $1 and actor like 'account:%' order by id`,
          [id],
        )
      ).rows.map(({ line }) => line),
    done: async () => {
      await without.close();
      await withScripts.close();
    },
  };
}

/** What one reads in a part of a page. */
export const said = async (part: Locator): Promise<string> => ((await part.textContent()) ?? '').replace(/\s+/g, ' ');

/** Gives a reason and does the act. */
export async function apply(page: Page, reason: string): Promise<void> {
  await page.getByLabel('Pourquoi').fill(reason);
  await page.getByRole('button', { name: 'Appliquer' }).click();
}
