/** The application on a loopback port, and the system's Chromium looking at it. */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { createApp } from '../../web/app.js';
import type { Backend } from '../../web/backend.js';
import { stillMs } from '../support/limit.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Chromium without what it would ask of the network. */
const launched = {
  timeout: stillMs,
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** The system's Chromium. */
export const openBrowser = (): Promise<Browser> => chromium.launch(launched);

/** A browser of its own that refuses every cookie, as people can set theirs to; it lives in a folder that is empty. */
export async function openCookielessContext(folder: string): Promise<BrowserContext> {
  await mkdir(join(folder, 'Default'), { recursive: true });
  const refused = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(refused));
  const context = await chromium.launchPersistentContext(folder, { ...launched, locale: 'fr-FR' });
  context.setDefaultTimeout(stillMs);
  return context;
}

/** The application on a free port of the loopback, over whichever backend it was given last. */
export interface Served {
  url: string;
  /** Serves another backend from now on. */
  over(backend: Backend): void;
  /** Stops; rejects with the first error of the application, if there was one. */
  close(): Promise<void>;
}

/** Serves the application; it answers 503 until it is given a backend. */
export async function serveApp(): Promise<Served> {
  const errors: unknown[] = [];
  let app: ReturnType<typeof createApp> | undefined;
  const server = serve({ fetch: (request) => app?.fetch(request) ?? new Response('', { status: 503 }), port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((done) => (server.listening ? done() : server.once('listening', () => done())));
  const { port } = server.address() as AddressInfo; // listening on TCP: an address and a port
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    over(backend) {
      app = createApp(backend, { secure: false, baseUrl: url, onError: (error) => errors.push(error) });
    },
    close: () =>
      new Promise((done, fail) => {
        server.close(() => (errors.length > 0 ? fail(errors[0]) : done()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Everything axe finds serious or critical on a page, as one line each. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe); // through the debugger: the pages' own policy refuses any script but theirs
  return page.evaluate(`axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) =>
    found.violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' | ')))`);
}

/** A context in which nothing is given up because this machine is slow. */
export async function openContext(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(stillMs);
  return context;
}

/** A context that holds the cookies of an opened link and of a session, as if both had been opened. */
export async function openedContext(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await openContext(browser, { locale: 'fr-FR', ...options });
  await context.addCookies([
    { name: 'link', value: 'sealed', url, httpOnly: true, sameSite: 'Lax' },
    { name: 'preferences', value: 'sealed', url, httpOnly: true, sameSite: 'Lax' },
    { name: 'session', value: 's-1', url, httpOnly: true, sameSite: 'Lax' },
  ]);
  return context;
}
