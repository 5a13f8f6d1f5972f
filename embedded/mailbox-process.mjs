// maildev behind a door of ours. Its own lets every page of the web in: CORS for all, any Host, no secret, on a known port. Ours stands before its
// one server, so there is no second port to keep shut. Arguments: port of the page, port of SMTP, folder of the mails, file of the secret.
// Why so: docs/decisions/0023-mailbox-door.md
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { createRequire } from 'node:module';

const [port, smtp, mailDirectory, secretFile] = process.argv.slice(2);
const secret = readFileSync(secretFile, 'utf8').trim();
const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

const digest = (text) => createHash('sha256').update(text).digest();
const isSecret = (text) => timingSafeEqual(digest(text), digest(secret));

/** Why a request is not let in: a status; undefined when it is. A page elsewhere may lead here, as any link, but not ask behind the reader's back. */
function refusal({ method, url, headers }) {
  if (!hosts.includes(headers.host)) return 421;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return 403;
  const opened = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (!opened && !['same-origin', 'none'].includes(headers['sec-fetch-site'] ?? 'none')) return 403;
  return isSecret(url.split(/[/?]/, 2)[1] ?? '') ? undefined : 404;
}

/** What maildev answers, without its CORS; what a mail holds runs nothing, and the address leaks to nobody. */
function answered(request, response) {
  const { setHeader } = response;
  response.setHeader = (name, value) => (/^access-control-/i.test(name) ? response : setHeader.call(response, name, value));
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'SAMEORIGIN');
  if (request.url.startsWith(`/${secret}/email/`))
    response.setHeader('content-security-policy', 'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox');
}

function refused(status, response) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end('Ouvrir l’adresse entière que « npm start » a écrite.\nOpen the whole address that “npm start” printed.\n');
}

const require = createRequire(import.meta.url);
const mailserver = require('maildev')({
  ...{ smtp, ip: '127.0.0.1', mailDirectory, hideExtensions: [] },
  ...{ web: port, basePathname: `/${secret}`, silent: true },
});
const { server } = require('maildev/lib/web');

/** Stands before all that listens to an event now. */
function guard(event, admit, refuse) {
  const behind = server.listeners(event);
  if (behind.length === 0) throw new Error(`maildev does not answer to ${event}: its door has moved`);
  server.removeAllListeners(event);
  server.on(event, (request, answer, ...rest) => {
    const status = refusal(request);
    if (status !== undefined) return refuse(status, answer);
    admit(request, answer);
    for (const listener of behind) listener.call(server, request, answer, ...rest);
  });
}
guard('request', answered, refused);
guard(
  'upgrade',
  () => undefined,
  (status, socket) => socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`),
);
await mailserver.listen();
