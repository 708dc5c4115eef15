import type { HoldStream } from './stream.js';

/** A stream of the platform's own `EventSource`, which hands out only events of types that were asked for. */
export const holdNativeStream: HoldStream = (url, options, owner, signal) => {
  const source = new EventSource(url, options);
  const forward = (event: Event): void => {
    if ('data' in event) {
      owner.onBlock(event as MessageEvent<string>);
    } else {
      owner.onState(source.readyState, {});
    }
  };
  /** To listen twice is to listen once. */
  const listenTo = (type: string): void => source.addEventListener(type, forward);
  ['open', 'error', 'message'].forEach(listenTo);
  signal.onabort = () => source.close();
  return listenTo;
};
