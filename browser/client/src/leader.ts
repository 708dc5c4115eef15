import type { Block } from './event-stream-parser.js';
import type { StreamOwner } from './stream.js';
import type { LeaderMessage, NeedMessage } from './tab-messages.js';

/** What a leader needs of the tab that it is in. */
export interface Seat {
  readonly topics: readonly string[];
  /** Where to begin. */
  readonly lastEventId: string;
  /** Holds a stream of these topics. */
  hold(topics: readonly string[], owner: StreamOwner<Block>): AbortController;
  /** Tells all tabs, this one included. */
  tell(message: LeaderMessage): void;
}

/** Takes what tabs need. */
export type Leader = (message: NeedMessage) => void;

/** How long tabs have at least to say what they need, once they were told that the leader asks for something else. */
const ROUND_MS = 1000;

/**
 * Holds the one connection, and tells all tabs what comes. It asks for the topics of the tab that it is in, and of all that
 * spoke in this round or the one before; the others are gone.
 *
 * @param topics what the leader before had, so that the other tabs need not ask for them again
 * @param state where that one stood
 * @param term ends it
 */
export function lead(seat: Seat, topics: readonly string[], state: number, term: AbortSignal): Leader {
  /** Topics, and the round in which a tab last said that it needs them. */
  const needed = new Map<string, number>();
  let round = 0;
  let roundBeganMs = 0;
  let stream = new AbortController();
  let id = seat.lastEventId;

  const tell = (block: Block = { lastEventId: id, hasId: true, topics: [], type: '', data: undefined }, origin = '', status?: number): void => {
    const after = id;
    id = block.lastEventId;
    seat.tell({ topics, state, status, after, block, origin });
  };

  const open = (): void => {
    stream.abort();
    topics = [...new Set([...seat.topics, ...[...needed.keys()].filter((topic) => needed.get(topic)! >= round - 1)])];
    if (Date.now() > roundBeganMs + ROUND_MS) {
      round++;
      roundBeganMs = Date.now();
    }
    tell();
    stream = seat.hold(topics, {
      lastEventId: () => id,
      enter: (to, { status }) => {
        state = to;
        tell(undefined, '', status);
      },
      take: tell,
    });
  };

  const onNeed: Leader = (needs) => {
    needs.forEach((topic) => needed.set(topic, round));
    if (!needs.every((topic) => topics.includes(topic))) {
      open();
    } else if (!needs[0]) {
      tell();
    }
  };

  topics.forEach((topic) => needed.set(topic, 0));
  term.addEventListener('abort', () => stream.abort());
  open();
  return onNeed;
}
