/** What stands still, for whoever administers the installation: since when, what people miss, what to do. */

import { instantInWords } from '../../domain/instants.js';
import { alertWords } from '../../domain/watch/words.js';
import type { Locale } from '../../domain/words.js';
import type { AlertLine } from '../backend.js';
import { wordsOf } from '../words/index.js';

/** The open alerts, as they are read at a real instant; nothing where nothing stands still. */
export function Alerts({ locale, alerts, at }: { locale: Locale; alerts: AlertLine[]; at: number }) {
  const { alerts: words } = wordsOf(locale).console;
  if (alerts.length === 0) return null;
  return (
    <section class="card errors" aria-labelledby="alerts">
      <h2 id="alerts">{words.title}</h2>
      <ul>
        {alerts.map((alert) => {
          const { what, means, todo, commands } = alertWords(alert, locale);
          return (
            <li>
              <p>
                <strong>{what}</strong>
                {alert.title === undefined ? null : (
                  <>
                    {' – '}
                    <a href={`/editions/${alert.scope}`}>{alert.title}</a>
                  </>
                )}
                <br />
                {words.since(instantInWords(alert.since, { at, edition: alert }, locale))} {means} {alert.told ? '' : words.untold}
              </p>
              <p>
                <strong>{words.todo}</strong> {todo}
                {commands.map((command) => (
                  <>
                    <br />
                    <code>{command}</code>
                  </>
                ))}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
