import { ServerSentEvent } from './server-sent-event.js';
import { CLOSED } from './source.js';

/** What a stream tells the source that it belongs to. */
export interface StreamListener {
  opened(): void;
  lost(): void;
  failed(): void;
  event(event: ServerSentEvent): void;
}

/** A stream of the platform's own `EventSource`, which hands out only events of types that were asked for. */
export class NativeStream {
  readonly #native: globalThis.EventSource;
  readonly #types = new Set(['open', 'error']);
  readonly #listener: StreamListener;

  constructor(url: string, withCredentials: boolean, listener: StreamListener) {
    this.#native = new globalThis.EventSource(url, { withCredentials });
    this.#listener = listener;
    this.#native.onopen = () => listener.opened();
    this.#native.onerror = () => (this.#native.readyState === CLOSED ? listener.failed() : listener.lost());
    this.ask('message');
  }

  ask(type: string): void {
    if (!this.#types.has(type)) {
      this.#types.add(type);
      this.#native.addEventListener(type, ({ data, lastEventId, origin }) =>
        this.#listener.event(new ServerSentEvent<unknown>(type, { data, lastEventId, origin })),
      );
    }
  }

  close(): void {
    this.#native.close();
  }
}
