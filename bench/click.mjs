// From the last answer that is waited for to the next mail, against the plainest workflow that does something when it is signalled.

import { linkKey, openedOn, publicUrl, started, until, working } from './support/installation.mjs';
import { listening, median, of, problemOf, quantile, round, say, table } from './support/measure.mjs';
import { editionFrom, onStack } from './support/stage.mjs';

const usual = { '--clicks': 40 };
/** The first clicks warm everything up and do not count. */
const warm = 5;
const quietMs = 250;

/**
 * Runs the bench: `--clicks` editions, one after the other, of which two people are interviewed; the second one's POST settles it, and a coordinator is asked.
 * It counts from the POST until that mail is taken, on the stack of a developer (no fsync); the bare workflow is signalled in between, on the same server.
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const clicks = of(args, '--clicks', usual['--clicks']);
  const { openStage } = await import('../dist/rehearsal/stage.js');
  const { withBareWorker } = await import('./bare/worker.mjs');
  return onStack(['postgres', 'temporal'], async (services) => {
    const stage = await openStage(services);
    const installation = await openedOn(stage);
    const runs = { click: [], bare: [] };
    let statements = 0;
    let heard = () => {};
    const store = listening(installation.store, () => statements++);
    try {
      let did = () => {};
      await withBareWorker(
        services.temporal,
        () => did(),
        async ({ start }) => {
          const bare = await start('signalled', clicks + warm);
          await working(stage, installation, { sent: ({ to }) => heard(to), store }, async () => {
            const click = await clicking({ ...installation, store }, (hears) => {
              heard = hears;
            });
            for (let n = 0; n < clicks + warm; n++) {
              const post = await click(n);
              statements = 0;
              const ms = await post();
              const asked = statements;
              const bareMs = await timed(async () => {
                const done = new Promise((resolve) => {
                  did = resolve;
                });
                await bare.signal('went');
                await done;
              });
              if (n < warm) continue;
              runs.click.push({ ms, statements: asked });
              runs.bare.push({ ms: bareMs });
              if (n % 10 === 0) say({ click: n, ms: round(ms), statements: asked, bareMs: round(bareMs) });
            }
          });
        },
      );
    } finally {
      await installation.close();
      await stage.strike();
    }
    const all = (what, of) => runs[of].map((run) => run[what]);
    const spread = (numbers) => ({ median: round(median(numbers), 1), p95: round(quantile(numbers, 0.95), 1) });
    const [click, bare] = [spread(all('ms', 'click')), spread(all('ms', 'bare'))];
    const document = {
      bench: 'click',
      clicks,
      statements: spread(all('statements', 'click')),
      ms: click,
      bareMs: bare,
      ratio: { median: round(click.median / bare.median), p95: round(click.p95 / bare.p95) },
    };
    return { document, lines: linesOf(document) };
  });
}

/** Makes an edition whose next answer is the last that is waited for; what is answered posts it, and says how long its mail took. */
async function clicking(installation, hearing) {
  const { createApp } = await import('../dist/web/app.js');
  const { liveBackend } = await import('../dist/web/live.js');
  const { answer } = await import('../dist/store/acts/answer.js');
  const { sealOf } = await import('../dist/store/links.js');
  const app = createApp(liveBackend(installation), {
    secure: true,
    baseUrl: publicUrl,
    onError: (error) => process.stderr.write(`${error.stack}\n`),
  });
  const { pool } = installation.store;
  return async (n) => {
    const id = `clic-${n}`;
    const { edition, source } = await editionFrom('bench/life.yaml', (file) => {
      file.id = id;
      file.interviews = ['dg', 'pmi'];
      for (const one of [...file.people, ...file.relays]) one.email = `${one.id}@${id}.example`;
    });
    let asked = 0;
    hearing(() => asked++);
    await started(installation, { edition, source });
    await until('two people are asked', () => asked >= 2);
    const { rows } = await pool.query('select person, request, link_n from ask_person where edition = $1', [id]);
    const [first, last] = ['dg', 'pmi'].map((person) => rows.find((row) => row.person === person));
    const problems = 'Les familles ne savent pas à qui parler.';
    const act = await answer(installation.store, { request: first.request, raw: { problems }, realNow: installation.realNow() });
    if (!act.ok) throw new Error(JSON.stringify(act));
    const link = `${publicUrl}/a/${last.request}/${sealOf(linkKey, last.request, last.link_n)}`;
    const cookie = ((await app.request(link)).headers.get('set-cookie') ?? '').split(';')[0];
    await new Promise((quiet) => setTimeout(quiet, quietMs)); // what the first answer set going is over
    return () =>
      timed(async () => {
        // whoever answered has a receipt, which is no answer to the click
        const mailed = new Promise((resolve) => hearing((to) => to.includes('labo@') && resolve()));
        const posted = await app.request(`${publicUrl}/r/${last.request}`, {
          method: 'POST',
          body: new URLSearchParams({ problems }).toString(),
          headers: { cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        });
        if (posted.status !== 303) throw new Error(`the answer was not taken: ${posted.status} ${await posted.text()}`);
        await mailed;
      });
  };
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function linesOf({ clicks, statements, ms, bareMs, ratio }) {
  return [
    ...table(
      ['', 'median', '95th'],
      [
        ['statements, last POST to next mail', statements.median, statements.p95],
        ['ms', ms.median, ms.p95],
        ['ms, bare signal to activity', bareMs.median, bareMs.p95],
        ['ratio', ratio.median, ratio.p95],
      ],
    ),
    `${clicks} clicks`,
  ];
}
