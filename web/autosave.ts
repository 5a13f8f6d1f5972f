/**
 * A few lines for browsers that run scripts: two seconds after somebody typed, the form goes to its draft address. Nothing needs it.
 * It waits for a real keystroke, so that a mail scanner that opens the page saves nothing. One save at a time: each answer says which draft the
 * page now holds, and the form is sent only once it is known.
 */
export const autosave = `
const form = document.querySelector('form[data-draft]');
const status = document.getElementById('draft-status');
let timer;
let saving;
let again = false;
let sent = false;
const save = async () => {
  try {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'application/json' } });
    const told = await answer.json();
    if (told.version) form.elements['draft-version'].value = told.version;
    status.textContent = told.say;
    if (!told.newer) return;
    const both = document.createElement('a');
    both.href = location.pathname;
    both.textContent = form.dataset.choose;
    status.append(' ', both);
  } catch {
    status.textContent = form.dataset.failed;
  }
};
const keep = () => {
  if (sent) return;
  again = saving !== undefined;
  if (again) return;
  saving = save().then(() => {
    saving = undefined;
    if (again) keep();
  });
};
if (form && status) {
  form.addEventListener('input', (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  });
  form.addEventListener('submit', (event) => {
    sent = true;
    clearTimeout(timer);
    if (saving === undefined) return;
    event.preventDefault();
    saving.then(() => form.requestSubmit(event.submitter));
  });
}
`.trimStart();
