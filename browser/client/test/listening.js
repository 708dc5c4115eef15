import { once } from 'node:events';
import { EventSource } from '../dist/index.js';

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
