/** The search. What is looked for is posted: it may be a name or an address, which are in no address of ours. */
import { Hono } from 'hono';
import { clean } from '../../domain/clean.js';
import { SEARCHED } from '../../domain/search.js';
import type { Backend } from '../backend.js';
import { SearchPage } from '../console/search.js';
import { fromIn, idPattern, posted, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import type { WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

/** Nobody goes further through what is found: more words are a shorter way. */
const furthest = 1_000;

/** The route of the search: `/search`. */
export function searchRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const { signedIn } = guards(backend, options);
  app.get(
    '/search',
    signedIn((c, viewer) => show(c, <SearchPage locale={localeOf(c, viewer)} viewer={viewer} text="" from={0} />)),
  );
  app.post(
    '/search',
    signedIn(async (c, viewer) => {
      const raw = await posted(c, shortForm);
      const text = clean(oneOf(raw, 'q')).trim().slice(0, 200);
      const kind = SEARCHED.find((one) => one === oneOf(raw, 'kind'));
      const edition = oneOf(raw, 'edition');
      const wanted = {
        ...{ text, from: kind === undefined ? 0 : Math.min(furthest, fromIn(oneOf(raw, 'from'))) },
        ...(kind === undefined ? {} : { kind }),
        ...(new RegExp(`^${idPattern}$`).test(edition) ? { edition } : {}),
      };
      const result = text === '' ? undefined : await backend.search(viewer, wanted);
      return show(
        c,
        <SearchPage locale={localeOf(c, viewer)} viewer={viewer} {...wanted} {...(result === undefined ? {} : { result })} />,
        result === 'too-often' ? 429 : 200,
      );
    }),
  );
  return app;
}
