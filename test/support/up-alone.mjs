// A process that brings the embedded stack up as `troismains up --json` does, without worker and web: for tests that end it in every way.
// Arguments: data folder, then the parts to start (all when none).
import { runInForeground } from '../../dist/embedded/foreground.js';

const [dataDir, ...parts] = process.argv.slice(2);
const options = {
  dataDir,
  parts: parts.length > 0 ? parts : undefined,
  ports: { temporal: 0, temporalUi: 0, postgres: 0, mailbox: 0, smtp: 0 },
  port: 0,
  children: [],
  progress: (line) => process.stderr.write(`${line}\n`),
};
process.exitCode = await runInForeground(options, (ready, pids) => process.stdout.write(`${JSON.stringify({ ...ready, pids })}\n`));
