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
  /** What the event was published to, if the server tells it, in a field `topic` for each; a field that the standard does not have. */
  readonly topics: readonly string[];
}

/**
 * Reads an event stream (WHATWG HTML 9.2.6) from bytes that come in pieces, cut anywhere. Takes time in proportion to
 * the bytes, however long the lines and however small the pieces are. What stands after the last blank line is held
 * back: a stream that is cut there loses it, and its id.
 *
 * @param lastEventId the id that stays until the stream brings another
 * @param onRetry is told of each `retry` at once, not at the end of its block
 * @returns what takes a piece, and returns the blocks that end in it
 */
export function eventStreamParser(lastEventId: string, onRetry: (delayMs: number) => void): (bytes: Uint8Array) => Block[] {
  const decoder = new TextDecoder();
  let rest = '';
  let isAfterCarriageReturn = false;
  let data: string | undefined;
  let type = '';
  let hasId = false;
  let topics: string[] = [];

  /** A line end of two characters may be cut between them: the carriage return has ended the line already. */
  const linesOf = (text: string): string[] => {
    const isSecondHalf = isAfterCarriageReturn && text[0] === '\n';
    if (text) {
      isAfterCarriageReturn = text.endsWith('\r');
    }
    const lines = text.slice(+isSecondHalf).split(/\r\n?|\n/);
    lines[0] = rest + lines[0];
    rest = lines.pop()!;
    return lines;
  };

  const takeField = (line: string): void => {
    const [, name, value] = /([^:]*):? ?(.*)/s.exec(line) as unknown as [string, string, string];
    if (name === 'data') {
      data = data === undefined ? value : `${data}\n${value}`;
    } else if (name === 'event') {
      type = value;
    } else if (name === 'topic') {
      topics.push(value);
    } else if (name === 'id' && !value.includes('\0')) {
      lastEventId = value;
      hasId = true;
    } else if (name === 'retry' && /^\d+$/.test(value)) {
      onRetry(+value);
    }
  };

  const endBlock = (): Block => {
    const block = { data, type: type || 'message', lastEventId, hasId, topics };
    data = undefined;
    type = '';
    hasId = false;
    topics = [];
    return block;
  };

  return (bytes) => {
    const blocks: Block[] = [];
    for (const line of linesOf(decoder.decode(bytes, { stream: true }))) {
      if (line) {
        takeField(line);
      } else {
        blocks.push(endBlock());
      }
    }
    return blocks.filter((block) => block.hasId || block.data !== undefined);
  };
}
