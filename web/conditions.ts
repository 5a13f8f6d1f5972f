/**
 * A few lines for browsers that run scripts: a field that is asked only sometimes is hidden until it is asked. Without them it stands in its place, with
 * the condition in words; what is hidden stays in the draft, and falls out when the form is sent.
 */
export const conditions = `
const asked = [...document.querySelectorAll('[data-when]')].map((box) => ({ box, when: JSON.parse(box.dataset.when) }));
const given = (form, name) =>
  [...form.elements].filter((one) => one.name === name && !one.closest('[data-when][hidden]') && (!/^(radio|checkbox)$/.test(one.type) || one.checked)).map((one) => one.value);
const number = (text) => Number(text.replace(/[\\s\\u00a0\\u202f€]/g, '').replace(',', '.'));
const holds = (form, { field, any, atLeast }) =>
  given(form, field).some((value) => value.trim() !== '' && (any === undefined ? number(value) >= atLeast : any.includes(value) || any.includes(String(number(value)))));
const look = () => {
  for (const { box, when } of asked) box.hidden = !when.every((one) => holds(box.closest('form'), one));
};
if (asked.length > 0) {
  for (const { box } of asked) box.querySelector('.condition').hidden = true;
  document.addEventListener('input', look);
  addEventListener('pageshow', look);
  look();
}
`.trimStart();
