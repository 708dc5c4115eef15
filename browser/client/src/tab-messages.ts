import type { Block } from './event-stream-parser.js';

/** What tabs tell each other: a leader, what came; the others, what they need. */
export type TabMessage = LeaderMessage | NeedMessage;

/** The leader tells a block that came; or where it stands, when that is another place or when it is asked, as a block without data. */
export interface LeaderMessage {
  /** What the leader asks for. */
  readonly topics: readonly string[];
  /** A state of `EventSource`. */
  readonly state: number;
  /** The status that ended the stream for good. */
  readonly status?: number | undefined;
  /** The id before the block. */
  readonly after: string;
  readonly block: Block;
  /** Where the block came from. */
  readonly origin: string;
}

/** A tab says which topics it has; or none, if it wants to hear where the leader stands. */
export type NeedMessage = readonly string[];
