// The plainest workflows that do what is measured: what ours are held against.
import { condition, defineSignal, ParentClosePolicy, proxyActivities, setHandler, sleep, startChild } from '@temporalio/workflow';

const { one } = proxyActivities({ startToCloseTimeout: '1 minute' });
export const went = defineSignal('went');

/** Waits so many times. */
export async function waits(times) {
  for (let n = 0; n < times; n++) await sleep('1 minute');
}

/** Does one thing for each signal, so many times. */
export async function signalled(times) {
  let heard = 0;
  setHandler(went, () => {
    heard++;
  });
  for (let n = 0; n < times; n++) {
    await condition(() => heard > n);
    await one(n);
  }
}

/** One person: asked, and reminded three times. */
export async function person(n) {
  await one(n);
  for (let rung = 0; rung < 3; rung++) {
    await sleep('1 second');
    await one(n);
  }
}

/** A child workflow for each person. */
export async function people(count) {
  const children = [];
  for (let n = 0; n < count; n++) children.push(await startChild(person, { args: [n], parentClosePolicy: ParentClosePolicy.TERMINATE }));
  await Promise.all(children.map((child) => child.result()));
}

/** Does one thing at an instant. */
export async function wakesAt(at) {
  await sleep(Math.max(1, at - Date.now()));
  await one(at);
}
