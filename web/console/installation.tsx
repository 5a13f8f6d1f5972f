/** What the installation has and lacks, for whoever keeps it in order: what `troismains doctor` says, in the same words. */
import { type Finding, verdictIn } from '../../client/checks/finding.js';
import { setFrench } from '../../domain/typography.js';
import type { Locale, Words } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';

/** The page. */
export function InstallationPage({ locale, viewer, checks }: { locale: Locale; viewer: Viewer; checks: readonly Finding[] }) {
  const { installation: words } = wordsOf(locale).engine;
  const say = (text: Words) => (locale === 'fr' ? setFrench(text.fr) : text.en);
  const wrong = [...checks.filter(({ state }) => state === 'fail'), ...checks.filter(({ state }) => state === 'warn')];
  return (
    <Layout locale={locale} title={words.title} wide viewer={viewer} menu={<Menu locale={locale} viewer={viewer} />}>
      <h1>{words.title}</h1>
      <p class="lead">{say({ fr: verdictIn(checks, 'fr'), en: verdictIn(checks, 'en') })}</p>
      {wrong.length === 0 ? null : (
        <section class={wrong[0]?.state === 'fail' ? 'card errors' : 'card'} aria-labelledby="wrong">
          <h2 id="wrong">{words.wrong}</h2>
          <ul>
            {wrong.map(({ name, state, detail, todo, editions = [] }) => (
              <li>
                <strong>
                  {say(name)} ({state === 'fail' ? words.states.fail : words.states.warn})
                </strong>{' '}
                {say(detail)}
                {editions.map((edition) => (
                  <>
                    {' '}
                    <a href={`/editions/${edition}/engine`}>{words.edition(edition)}</a>
                  </>
                ))}
                {todo === undefined ? null : (
                  <>
                    <br />→ {say(todo)}
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card" aria-labelledby="well">
        <h2 id="well">{words.well}</h2>
        <dl class="facts">
          {checks
            .filter(({ state }) => state === 'ok')
            .map(({ name, detail }) => (
              <>
                <dt>{say(name)}</dt>
                <dd>{say(detail)}</dd>
              </>
            ))}
        </dl>
        <p class="small">{words.elsewhere}</p>
      </section>
    </Layout>
  );
}
