/** `troismains doctor`: each dependency, reachable or not, its version, our rights on it, mail DNS, the clock. */
import type { Command } from 'commander';
import { INSTALLATION, type Requirable } from '../../config.js';
import { type Check, checkClock, checkMailDns, checkPostgres, checkSmtp, checkTemporal } from './checks.js';
import { environmentOf, withData } from './connect.js';
import { exitWith, print, printJson, terminalOf } from './io.js';
import { configuration } from './up.js';

const VARIABLE: Record<Requirable, string> = {
  databaseUrl: 'DATABASE_URL',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  publicUrl: 'PUBLIC_URL',
  linkKey: 'LINK_KEY',
};

/** Adds `doctor` to the command line. Exit code 4 when a service cannot be used as it is. */
export function register(program: Command): void {
  withData(program.command('doctor'))
    .summary('whether every service can be reached and used')
    .description('Checks what an installation needs: variables, Postgres, Temporal, the mail server, mail DNS, the clock. Changes nothing.')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… TEMPORAL_ADDRESS=host:7233 SMTP_URL=smtp://… troismains doctor')
    .action(async (_flags, command: Command) => {
      const { json } = terminalOf(command);
      const config = configuration(await environmentOf(command));
      const missing = INSTALLATION.filter((name) => config[name] === undefined).map((name) => VARIABLE[name]);
      const environment: Check = {
        name: 'environment',
        ok: missing.length === 0,
        detail: missing.length === 0 ? 'every variable is set' : `not set: ${missing.join(', ')} (docs/operations.md)`,
      };
      const checks = [
        environment,
        ...(
          await Promise.all([
            config.databaseUrl ? checkPostgres(config.databaseUrl) : [],
            checkTemporal(config.temporal, config.taskQueue),
            config.smtpUrl ? checkSmtp(config.smtpUrl) : [],
            config.mailFrom ? checkMailDns(config.mailFrom) : [],
            config.databaseUrl ? checkClock(config.databaseUrl) : [],
          ])
        ).flat(),
      ];
      const ok = checks.every((check) => check.ok || check.advice);
      if (json) printJson({ ok, checks });
      else for (const check of checks) print(`${check.ok ? '✓' : check.advice ? '!' : '✗'} ${check.name}: ${check.detail}`);
      exitWith(ok ? 0 : 4);
    });
}
