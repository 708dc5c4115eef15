import type { Block } from './event-stream-parser.js';

/** What tabs tell each other: a leader, what came; the others, what they need. */
export type TabMessage = LeaderMessage | NeedMessage;

/** The leader tells a block that came; or where it stands, when that is another place or when it is asked, as a block without data. */
export type LeaderMessage = readonly [
  /** What the leader asks for. */
  topics: readonly string[],
  /** The id before the block. */
  after: string,
  block: Block,
  /** A state of `EventSource`. */
  state: number,
  /** The status that ended the stream for good. */
  status?: number | undefined,
];

/** A tab says which topics it has; or none, if it wants to hear where the leader stands. */
export type NeedMessage = readonly string[];
