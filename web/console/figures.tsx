/** An edition in figures: each with what it counts, what came by whom, and the days of its phases. */
import { FIGURE_IDS, FIGURES } from '../../domain/figures.js';
import { PHASE_WORDS } from '../../domain/words.js';
import type { FiguresPart } from '../backend.js';
import { Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Shell, type ShellProps } from './shell.js';

/** The page. */
export function FiguresPage({ part, ...shell }: ShellProps & { part: FiguresPart }) {
  const { locale } = shell;
  const { figures: words, documents } = wordsOf(locale).reading;
  const { edition, figures, relay, need, needs, phases } = part;
  const figure = new Intl.NumberFormat(locale);
  return (
    <Shell {...shell} of={part} current="documents" title={words.title} above={{ path: 'documents', title: documents.title }}>
      <p class="no-print">
        <a href={`/editions/${edition.id}/documents/figures.csv`}>{words.csv}</a>
      </p>
      <dl class="counted">
        {FIGURE_IDS.map((id) => (
          <div class="card">
            <dt>{FIGURES[id].label[locale]}</dt>
            <dd>
              <strong>{figure.format(figures[id])}</strong>
              <span class="small">{FIGURES[id].counts[locale]}</span>
            </dd>
          </div>
        ))}
      </dl>
      <section class="card">
        <h2 id="by-need">{words.byNeed}</h2>
        <Table labelledBy="by-need" head={[words.need, words.n]}>
          <tbody>
            {need.map(({ id, n }) => (
              <tr>
                <th scope="row">{id === null ? words.none : (needs[id] ?? id)}</th>
                <td>{figure.format(n)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
        <h2 id="by-relay">{words.byRelay}</h2>
        <Table labelledBy="by-relay" head={[words.relay, words.n]}>
          <tbody>
            {relay.map(({ name, n }) => (
              <tr>
                <th scope="row">{name ?? words.direct}</th>
                <td>{figure.format(n)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
      <section class="card">
        <h2 id="phases">{words.phases}</h2>
        <p class="small">{words.days}</p>
        <Table labelledBy="phases" head={[words.phase, words.foreseen, words.lived]}>
          <tbody>
            {phases.map(({ phase, foreseen, lived }) => (
              <tr>
                <th scope="row">{PHASE_WORDS[phase][locale]}</th>
                <td>{figure.format(foreseen)}</td>
                <td>{lived === undefined ? '–' : figure.format(lived)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
    </Shell>
  );
}
