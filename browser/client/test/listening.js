import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ending } from './scripted-server.js';
import { EventSource } from './subject.js';

/** Waits are short in tests, and the same each time. */
const QUICK = { retryMs: 10, minRetryMs: 10, random: () => 1 };

/** Opens a source that is closed at the end of the test `t`. */
export function open(t, url, options = {}) {
  const source = new EventSource(url, { ...QUICK, ...options });
  t.after(() => source.close());
  return source;
}

/** The next event of the type. */
export async function next(source, type = 'message') {
  const [event] = await once(source, type);
  return event;
}

/** The next so many events, of all types, as [type, data, last id]. */
export async function take(source, count) {
  const taken = [];
  for await (const { type, data, lastEventId } of source) {
    taken.push([type, data, lastEventId]);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}

/** No further request comes while another source, whose waits are the same, connects four times. */
export async function assertNoMoreThan(server, count) {
  const other = createServer((_, response) => ending()(response));
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  const source = open({ after() {} }, `http://127.0.0.1:${other.address().port}/`, { retryMs: 20, minRetryMs: 20 });
  for (let i = 0; i < 4; i++) {
    await next(source, 'error');
  }
  source.close();
  other.close();
  assert.equal(server.requests.length, count);
}
