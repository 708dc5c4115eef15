import type { EventSourceOptions } from './event-source-options.js';
import { EventSource } from './event-source.js';
import type { Block } from './event-stream-parser.js';

/** Takes a block and the origin that it came from. */
export type Relay = (block: Block, origin: string) => void;

/** A stream whose blocks are handed on rather than dispatched. */
export class RelayedStream extends EventSource {
  readonly #relay: Relay;

  constructor(url: string, options: EventSourceOptions, relay: Relay) {
    super(url, options);
    this.#relay = relay;
  }

  protected override take(block: Block, origin: string): void {
    this.#relay(block, origin);
  }
}
