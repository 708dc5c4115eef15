/** What a blank line of an event stream ended. */
export interface Block {
  /** The event's data; absent if the block had none and therefore is no event, but only moved the last event id. */
  readonly data?: string | undefined;
  /** Never empty. */
  readonly type: string;
  /** The last event id as of this block; absent if the block leaves it as it was. */
  readonly lastEventId?: string | undefined;
  /** Where it came from. */
  readonly origin: string;
  /** What the event was published to, if the server tells it, in a field `topic` for each; a field that the standard does not have. */
  readonly topics?: readonly string[];
}

/** A line that counts. An id with a NUL does not, nor does a time that is no number. */
const FIELD = /^(?!id.*\0|retry(?!: ?\d+$))(data|event|id|topic|retry)(?::|$) ?(.*)/s;

/**
 * Reads an event stream (WHATWG HTML 9.2.6) from bytes that come in pieces, cut anywhere. Takes time in proportion to
 * the bytes, however long the lines and however small the pieces are. What stands after the last blank line is held
 * back: a stream that is cut there loses it, and its id.
 *
 * @param origin where it comes from
 * @param onRetry is told of each `retry` at once, not at the end of its block
 * @returns what takes a piece, and hands out the blocks that end in it
 */
export function eventStreamParser(origin: string, onRetry: (delayMs: number) => void): (bytes: Uint8Array) => Iterable<Block> {
  const decoder = new TextDecoder();
  let rest = '';
  /** A carriage return that has ended a line already; what follows may be its second half. */
  let carriageReturn = '';
  let fields: { [name: string]: string[] } = {};

  return function* (bytes) {
    const text = carriageReturn + decoder.decode(bytes, { stream: true });
    const lines = text.split(/\r\n?|\n/).slice(carriageReturn.length);
    carriageReturn = text.endsWith('\r') ? '\r' : '';
    lines[0] = rest + lines[0];
    rest = lines.pop()!;
    for (const line of lines) {
      const [, name, value] = FIELD.exec(line) ?? [];
      if (name === 'retry') {
        onRetry(+value!);
      } else if (name) {
        (fields[name] ??= []).push(value!);
      } else if (!line) {
        const { data, event, id, topic = [] } = fields;
        fields = {};
        if (data || id) {
          yield { type: event?.pop() || 'message', data: data?.join('\n'), lastEventId: id?.pop(), origin, topics: topic };
        }
      }
    }
  };
}
