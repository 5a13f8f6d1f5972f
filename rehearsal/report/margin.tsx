/** The slack, week after week: a drawing, and the table that says the same. */
import { SHORT_MONTH_WORDS } from '../../domain/words.js';
import { Scroll } from '../../web/scroll.js';
import { Rows, Table } from '../../web/table.js';
import type { ReportContext } from './context.js';
import { Part } from './parts.js';
import type { SlackOn } from './slack.js';

const left = 36;
const width = 980;
const height = 150;
const top = 10;
const bottom = height - 24;

/** The section. */
export function Margin({ context, weeks, least }: { context: ReportContext; weeks: readonly SlackOn[]; least: SlackOn | undefined }) {
  const { words, locale, day, workingDays } = context;
  const { slack: texts } = words;
  const known = weeks.filter((week): week is SlackOn & { slackWorkingDays: number } => week.slackWorkingDays !== null);
  if (least?.slackWorkingDays == null || known.length === 0) return null;
  const most = Math.max(1, ...known.map((week) => week.slackWorkingDays));
  const low = Math.min(0, least.slackWorkingDays);
  const y = (n: number) => round(top + ((most - n) / (most - low)) * (bottom - top));
  const step = (width - left) / weeks.length;
  const x = (index: number) => round(left + index * step);
  const months = weeks
    .map(({ on }, index) => ({ on, index }))
    .filter(({ on, index }) => on.slice(5, 7) !== weeks[index - 1]?.on.slice(5, 7));
  const every = Math.ceil(months.length / 18);
  const labels = months.filter((_, n) => n % every === 0);
  const said = texts.drawing(workingDays(least.slackWorkingDays), day(least.on));
  return (
    <Part id="slack" title={texts.title} lead={texts.lead}>
      <Scroll label={texts.title}>
        <svg viewBox={`0 0 ${width} ${height}`} width="100%" role="img" aria-label={said} font-size="12">
          {[most, 0, low]
            .filter((n, index) => index === 1 || Math.abs(y(n) - y(0)) > 14)
            .map((n) => (
              <>
                <line x1={left} x2={width} y1={y(n)} y2={y(n)} stroke="#dfe2ea" />
                <text class="soft" x={left - 6} y={y(n) + 4} text-anchor="end">
                  {signed(n)}
                </text>
              </>
            ))}
          {weeks.map(({ on, slackWorkingDays: n }, index) =>
            n === null ? null : (
              <rect
                x={x(index)}
                y={Math.min(y(n), y(0))}
                width={round(Math.min(step - 2, 24))}
                height={Math.max(1.5, Math.abs(y(n) - y(0)))}
                rx="1.5"
                fill={n < 0 ? 'var(--late)' : n < 5 ? '#8a6500' : 'var(--ok)'}
              >
                <title>{`${day(on)}${words.page.colon}${signed(n)}`}</title>
              </rect>
            ),
          )}
          {labels.map(({ on, index }) => (
            <text class="soft" x={x(index)} y={height - 6}>
              {SHORT_MONTH_WORDS[locale][Number(on.slice(5, 7)) - 1]}
            </text>
          ))}
          <line x1={left} x2={width} y1={y(0)} y2={y(0)} stroke="var(--ink)" />
        </svg>
      </Scroll>
      <details>
        <summary>{texts.table}</summary>
        <Table caption={texts.caption} head={[texts.week, texts.days]}>
          <Rows named rows={known.map(({ on, slackWorkingDays: n }) => [day(on), signed(n)])} />
        </Table>
      </details>
    </Part>
  );
}

const round = (n: number): number => Math.round(n * 10) / 10;
const signed = (n: number): string => String(n).replace('-', '−');
