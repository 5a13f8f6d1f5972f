/**
 * A few lines for browsers that run scripts: a page of the console that has changed shows what is new, or, where somebody is typing or has the focus in
 * it, says so and leads there. Nothing needs it. What it reads by itself carries a header: it keeps no session open.
 */
export const freshen = `
const line = document.querySelector('[data-live]');
const here = () => document.querySelector('main');
let typed = false;
addEventListener('input', (event) => {
  if (event.isTrusted && here().contains(event.target)) typed = true;
});
const address = () => {
  const url = new URL(location.href);
  url.searchParams.delete('done');
  return url.href;
};
const tell = (...said) => {
  line.hidden = false;
  line.replaceChildren(...said);
};
const lead = () => {
  const link = document.createElement('a');
  link.href = address();
  link.textContent = line.dataset.update;
  tell(line.dataset.changed + ' ', link);
};
const freshen = async () => {
  if (typed || here().contains(document.activeElement)) return lead();
  const answer = await fetch(address(), { headers: { 'x-by-itself': 'yes' } });
  if (!answer.ok || answer.redirected) return lead();
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (fresh === null || typed || here().contains(document.activeElement)) return lead();
  const opened = [...here().querySelectorAll('details')].map((one) => one.open);
  fresh.querySelectorAll('details').forEach((one, n) => {
    one.open = opened[n] ?? one.open;
  });
  here().replaceWith(fresh);
  tell(line.dataset.updated);
};
if (line && window.EventSource) {
  const source = new EventSource(line.dataset.live);
  source.addEventListener('changed', () => freshen().catch(lead));
  addEventListener('pagehide', () => source.close());
}
`.trimStart();
