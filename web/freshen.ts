/**
 * A few lines for browsers that run scripts: a page of the console that has changed shows what is new. Where somebody has the focus in it, it says so
 * and leads there; where something was typed, or stands in a form that it was posted for, it only says so: nothing of it is taken away. Nothing needs it.
 * What it reads by itself carries a header: it keeps no session open.
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
const holds = (fresh) =>
  [...here().querySelectorAll('textarea, input:not([type=hidden])')].some((one) => {
    if (one.value === '' || (one.matches('[type=checkbox], [type=radio]') && !one.checked)) return false;
    return ![...fresh.querySelectorAll('[name]')].some((o) => o.name === one.name && o.value === one.value && o.checked === one.checked);
  });
const changed = () => (typed ? tell(line.dataset.changed) : lead());
const freshen = async () => {
  if (typed || here().contains(document.activeElement)) return changed();
  const answer = await fetch(address(), { headers: { 'x-by-itself': 'yes' } });
  if (!answer.ok || answer.redirected) return changed();
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (fresh === null || typed || here().contains(document.activeElement)) return changed();
  if (holds(fresh)) return tell(line.dataset.changed);
  const opened = [...here().querySelectorAll('details')].map((one) => one.open);
  fresh.querySelectorAll('details').forEach((one, n) => {
    one.open = opened[n] ?? one.open;
  });
  here().replaceWith(fresh);
  tell(line.dataset.updated);
};
if (line && window.EventSource) {
  const source = new EventSource(line.dataset.live);
  source.addEventListener('changed', () => freshen().catch(changed));
  addEventListener('pagehide', () => source.close());
}
`.trimStart();
