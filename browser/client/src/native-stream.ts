import type { HoldStream } from './stream.js';

/** A stream of the platform's own `EventSource`, which hands out only events of types that were asked for. */
export const holdNativeStream: HoldStream = (url, options, owner, signal) => {
  const source = new globalThis.EventSource(url, options);
  const types = new Set(['open', 'error']);
  const listenTo = (type: string): void => {
    if (!types.has(type)) {
      types.add(type);
      source.addEventListener(type, ({ data, lastEventId, origin }) => owner.take({ type, data, lastEventId }, origin));
    }
  };
  source.onopen = source.onerror = () => owner.enter(source.readyState, {});
  signal.addEventListener('abort', () => source.close());
  listenTo('message');
  return listenTo;
};
