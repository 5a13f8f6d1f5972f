/** What sessions in the field have shown: a line each, and what they come to. */
import { saidIn } from '../../domain/asks/form-text.js';
import { type Form, isField, type OwnField } from '../../domain/forms.js';
import { inWords, type Locale } from '../../domain/words.js';
import type { SessionRead } from '../../store/askreading.js';
import { Table } from '../table.js';
import { wordsOf } from '../words/index.js';

type Column = Pick<OwnField, 'id' | 'type' | 'options'> & { label: string };

/** The table; `coordinators`: what only they read too. */
export function Measures({
  sessions,
  form,
  locale,
  coordinators,
}: {
  sessions: readonly SessionRead[];
  form: Form | undefined;
  locale: Locale;
  coordinators: boolean;
}) {
  const { measures: words } = wordsOf(locale).page;
  const columns = columnsOf(form, { locale, coordinators });
  const held = sessions.filter(({ answer }) => answer.held === 'yes');
  const of = ({ id }: Column) => held.flatMap(({ answer }) => (typeof answer[id] === 'number' ? [answer[id]] : []));
  const total = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0);
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <section class="card">
      <h2 id="measures">{words.title}</h2>
      <p>{words.held(held.length, sessions.length)}</p>
      {sessions.length === 0 ? null : (
        <Table labelledBy="measures" cards head={[words.day, words.state, ...columns.map(({ label }) => label)]}>
          <tbody>
            {sessions.map(({ day, answer }) => (
              <tr>
                <th scope="row" data-label={words.day}>
                  {inWords(day, locale, { year: true })}
                </th>
                <td data-label={words.state}>{answer.held === 'yes' ? words.yes : words.no}</td>
                {columns.map((column) => (
                  <td data-label={column.label}>{saidIn(column, answer, locale) ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan={2}>
                {words.total}
              </th>
              {columns.map((column) => {
                const values = of(column);
                return (
                  <td data-label={column.label}>
                    {values.length === 0 ? '' : words.sum(figure.format(total(values)), figure.format(total(values) / values.length))}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        </Table>
      )}
    </section>
  );
}

/** What is shown of each session: who came, and what the edition asks – or what was written of the indicators. */
function columnsOf(form: Form | undefined, { locale, coordinators }: { locale: Locale; coordinators: boolean }): Column[] {
  const { measures: words } = wordsOf(locale).page;
  const came: Column[] = [
    { id: 'attendance', type: 'number', label: words.attendance },
    { id: 'newcomers', type: 'number', label: words.newcomers },
  ];
  if (form === undefined) return [...came, { id: 'indicators', type: 'long', label: words.indicators }];
  const own = form.filter(isField).filter((field) => coordinators || field.private !== true);
  return [...came, ...own.map((field) => ({ ...field, label: field.label[locale] }))];
}
