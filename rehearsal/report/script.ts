/** What makes the page handier, and nothing that cannot be reached without it: framing a mail when it is opened, opening what an address names, filtering the mails. */
export const script = `(() => {
  document.addEventListener('toggle', ({ target }) => {
    const kept = target.open && target.matches('details.mail') ? target.querySelector('noscript') : null;
    if (!kept) return;
    const read = document.createElement('template');
    read.innerHTML = kept.textContent;
    const paper = read.content.firstElementChild;
    const frame = document.createElement('iframe');
    frame.className = 'mail';
    frame.title = paper.getAttribute('aria-label');
    frame.setAttribute('sandbox', '');
    frame.srcdoc = '<!doctype html><html lang="' + paper.lang + '"><body style="margin:0">' + paper.firstElementChild.innerHTML;
    kept.replaceWith(frame);
  }, true);
  const show = () => {
    let one;
    try { one = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!one) return;
    if (one.tagName === 'DETAILS') one.open = true;
    for (let up = one.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    one.scrollIntoView({ behavior: 'instant' });
    const summary = one.querySelector(':scope > summary');
    if (summary) summary.focus({ preventScroll: true });
  };
  addEventListener('hashchange', show);
  addEventListener('load', show);
  const box = document.getElementById('filter'), field = document.getElementById('filter-words'), count = document.getElementById('filter-count');
  if (!box || !field || !count) return;
  const plain = (text) => text.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase();
  const mails = [...document.querySelectorAll('details.mail')].map((mail) => ({ mail, text: plain(mail.firstElementChild.textContent) }));
  box.hidden = mails.length === 0;
  let later;
  field.addEventListener('input', () => {
    clearTimeout(later);
    later = setTimeout(() => {
      const wanted = plain(field.value).split(/\\s+/).filter(Boolean);
      let n = 0;
      for (const { mail, text } of mails) {
        const shown = wanted.every((word) => text.includes(word));
        mail.hidden = !shown;
        if (shown) n++;
      }
      for (const month of document.querySelectorAll('section.month')) month.hidden = !month.querySelector('details.mail:not([hidden])');
      count.textContent = wanted.length === 0 ? '' : count.dataset.words.replace('%', String(n));
    }, 150);
  });
})();`;
