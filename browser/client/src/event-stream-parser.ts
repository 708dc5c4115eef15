/** What a blank line of an event stream ended. */
export interface Block {
  /** The event's data; absent if the block had none and therefore is no event, but only moved the last event id. */
  readonly data: string | undefined;
  /** Never empty. */
  readonly type: string;
  /** The last event id as of this block. */
  readonly lastEventId: string;
  /** Whether the block itself brought that id. */
  readonly hasId: boolean;
}

/**
 * Reads an event stream (WHATWG HTML 9.2.6) from bytes that come in pieces, cut anywhere. Takes time in proportion to
 * the bytes, however long the lines and however small the pieces are. What stands after the last blank line is held
 * back: a stream that is cut there loses it, and its id.
 */
export class EventStreamParser {
  readonly #decoder = new TextDecoder();
  readonly #onRetry: (delayMs: number) => void;
  #line = '';
  #isAfterCarriageReturn = false;
  #data: string | undefined;
  #type = '';
  #lastEventId: string;
  #hasId = false;

  /**
   * @param lastEventId the id that stays until the stream brings another
   * @param onRetry is told of each `retry` at once, not at the end of its block
   */
  constructor(lastEventId: string, onRetry: (delayMs: number) => void) {
    this.#lastEventId = lastEventId;
    this.#onRetry = onRetry;
  }

  /** Yields the blocks that end in these bytes. The caller has to take all of them before it pushes again. */
  *push(bytes: Uint8Array): Generator<Block, void> {
    const [first, ...others] = this.#linesOf(this.#decoder.decode(bytes, { stream: true }));
    this.#line += first;
    for (const next of others) {
      const line = this.#line;
      this.#line = next;
      if (line) {
        this.#takeLine(line);
      } else if (this.#data !== undefined || this.#hasId) {
        yield this.#takeBlock();
      } else {
        this.#type = '';
      }
    }
  }

  /** A line end of two characters may be cut between them: the carriage return has ended the line already. */
  #linesOf(text: string): string[] {
    const isSecondHalf = this.#isAfterCarriageReturn && text[0] === '\n';
    if (text) {
      this.#isAfterCarriageReturn = text.endsWith('\r');
    }
    return (isSecondHalf ? text.slice(1) : text).split(/\r\n?|\n/);
  }

  #takeLine(line: string): void {
    const colon = line.indexOf(':');
    const nameEnd = colon < 0 ? line.length : colon;
    this.#takeField(line.slice(0, nameEnd), line.slice(nameEnd + (line[nameEnd + 1] === ' ' ? 2 : 1)));
  }

  #takeField(name: string, value: string): void {
    if (name === 'data') {
      this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    } else if (name === 'event') {
      this.#type = value;
    } else if (name === 'id' && !value.includes('\0')) {
      this.#lastEventId = value;
      this.#hasId = true;
    } else if (name === 'retry' && /^\d+$/.test(value)) {
      this.#onRetry(+value);
    }
  }

  #takeBlock(): Block {
    const block = {
      data: this.#data,
      type: this.#type || 'message',
      lastEventId: this.#lastEventId,
      hasId: this.#hasId,
    };
    this.#data = undefined;
    this.#type = '';
    this.#hasId = false;
    return block;
  }
}
