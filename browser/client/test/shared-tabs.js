import assert from 'node:assert/strict';
import { Browser } from './browser.js';
import { LogServer } from './log-server.js';
import { eventually } from './waiting.js';

/** A browser without tabs, and a server; both end with the test `t`. */
export async function setUp(t, options) {
  const browser = new Browser();
  t.after(() => browser.tabs.forEach((tab) => tab.close()));
  return { browser, server: await LogServer.start(t, options) };
}

export const allOpen = (tabs) => eventually(() => tabs.every(({ source }) => source.readyState === 1));
export const dataOf = ({ seen }) => seen.map(([, data]) => data);
export const upTo = (count) => Array.from({ length: count }, (_, i) => `${i}`);

export function publish(server, topic, from, to) {
  for (let i = from; i < to; i++) {
    server.publish(topic, `${i}`);
  }
}

/** Every tab has exactly these. */
export async function expectAll(tabs, expected) {
  await eventually(() => tabs.every((tab) => tab.seen.length >= expected.length), () => tabs.map((tab) => tab.seen.length));
  for (const tab of tabs) {
    assert.deepEqual(dataOf(tab), expected);
  }
}
