/** Events that wait for the reader of an asynchronous iterator. */
export class EventQueue<E> {
  readonly #events: E[] = [];
  readonly #limit: number;
  #wake = (): void => {};
  #end: { readonly failure?: Error } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.#events.length >= this.#limit;
  }

  /** Adds an event; whoever does not heed {@link isFull} ends the iterator with an error, rather than losing events in silence. */
  push(event: E): void {
    if (this.isFull) {
      this.end(new Error(`events that wait: more than ${this.#limit}`));
    } else if (!this.#end) {
      this.#events.push(event);
      this.#wake();
    }
  }

  /** What waits is still read, then the iterator is done, or throws the failure. */
  end(failure?: Error): void {
    this.#end ??= failure ? { failure } : {};
    this.#wake();
  }

  /** Takes events as they come, and says after each that there is room. */
  async *take(onRoom: () => void): AsyncGenerator<E, void> {
    for (;;) {
      const event = this.#events.shift();
      if (event) {
        onRoom();
        yield event;
      } else if (this.#end) {
        break;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
    if (this.#end.failure) {
      throw this.#end.failure;
    }
  }
}
