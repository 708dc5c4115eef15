import type { Block } from './event-stream-parser.js';
import { lead, type Leader } from './leader.js';
import { seenEvents } from './seen-events.js';
import type { SharedEventSourceOptions } from './shared-event-source.js';
import { CLOSED, CONNECTING, OPEN, holdStream, type HoldStream, type StreamOwner } from './stream.js';
import type { LeaderMessage, TabMessage } from './tab-messages.js';
import { patternOf, type Pattern } from './topic-selectors.js';

/** Tabs of a page that was loaded before what they tell each other was changed are not understood. */
const PROTOCOL = 'freshet 2';

/**
 * The stream that all tabs of an origin share, if their URLs differ in nothing but their topics.
 *
 * A lock of the browser elects one tab as leader. It holds the stream, and tells the others each block. When it is
 * closed, crashes or freezes, another takes over after the last id that it has itself. A tab *follows* the leader only if
 * that has all its topics, and stands where the tab has been; else it *catches up*, by a stream of its own that it closes
 * where both have met. An event that a tab has seen it knows by its id.
 */
export const holdSharedStream: HoldStream = (href, options: SharedEventSourceOptions, owner, life) => {
  const { topicParameter = 'topic', leaderTimeoutMs = 3000 } = options;
  const place = new URL(href);
  const topics = place.searchParams.getAll(topicParameter);
  place.searchParams.delete(topicParameter);
  const name = `${PROTOCOL} ${place}`;
  let locks: LockManager | undefined = globalThis.navigator?.locks;
  let channel!: BroadcastChannel;
  const seen = seenEvents();
  const own = topics.map(patternOf);
  /** Of the topics that only other tabs have. */
  let others: readonly Pattern[] = [];
  let state = CONNECTING;
  /** What the leader said last. */
  let heard: LeaderMessage | undefined;
  let catchUp: AbortController | undefined;
  let leader: Leader | undefined;
  let silence = 0;
  let waiting = new AbortController();

  /** Where there are no locks all lead, and none may hear another. */
  const join = (): void => {
    channel = new BroadcastChannel(locks ? name : name + Math.random());
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => ('topics' in data ? onLeader(data) : leader?.(data));
  };

  const hold = (wanted: readonly string[], streamOwner: StreamOwner<Block>): AbortController => {
    const end = new AbortController();
    const url = new URL(place);
    wanted.forEach((topic) => url.searchParams.append(topicParameter, topic));
    holdStream(url.href, { ...options, pauseWhenHidden: false }, streamOwner as StreamOwner, end.signal);
    return end;
  };

  const enter: StreamOwner['enter'] = (to, details) => {
    if (to !== state) {
      state = to;
      owner.enter(to, details);
    }
  };

  const take = (block: Block, origin: string): void => {
    const { lastEventId: id, hasId } = block;
    // A gap has the id of the place behind it, and a block with that id alone comes before.
    const key = block.type === 'gap' ? `gap ${id}` : id;
    const isOfOne = (patterns: readonly Pattern[]): boolean => patterns.some((takes) => block.topics.some(takes));
    if (!hasId || !seen.has(key)) {
      seen.add(id);
      seen.add(key);
      void owner.take(isOfOne(others) && !isOfOne(own) ? { ...block, data: undefined } : block, origin);
    }
  };

  const isCovered = (): boolean => topics.every((topic) => heard!.topics.includes(topic));

  /**
   * Whether the leader, who comes from an event, tells this tab all that it needs; a tab that has not begun takes what comes.
   * A leader without an id may come from anywhere.
   */
  const isFollowing = (after: string): boolean =>
    isCovered() && (owner.lastEventId() ? [after, heard!.block.lastEventId].some((id) => id && seen.has(id)) : !catchUp);

  const endCatchUp = (): void => {
    catchUp?.abort();
    catchUp = undefined;
  };

  /**
   * Asks for the topics of the leader too, and so comes to where the leader is. The leader hears of this tab's topics once
   * the server has taken them: a refusal ends this tab alone.
   */
  const beginCatchUp = (): AbortController =>
    hold([...new Set([...heard!.topics, ...topics])], {
      lastEventId: owner.lastEventId,
      enter: (to, details) => {
        if (to === OPEN) {
          channel.postMessage(topics);
        }
        enter(to, details);
      },
      take: (block, origin) => {
        const isPlace = block.data === undefined;
        const isBeginning = !owner.lastEventId();
        // Another place than the one that was asked for is that behind a gap, of which the next block tells.
        if (!isPlace || isBeginning) {
          take(block, origin);
        }
        if (isPlace && isBeginning) {
          seen.beginAt(block.lastEventId);
        }
        if (!owner.lastEventId() || isFollowing(heard!.block.lastEventId)) {
          endCatchUp();
        }
      },
    });

  const onLeader = (message: LeaderMessage): void => {
    const { state: to, status, after, block, origin } = message;
    const isOtherStream = message.topics.join('\n') !== heard?.topics.join('\n');
    silence = 0;
    heard = message;
    if (isOtherStream || !isCovered()) {
      others = message.topics.filter((topic) => !topics.includes(topic)).map(patternOf);
      if (isCovered() || state === OPEN) {
        channel.postMessage(topics);
      }
    }
    if (to === CLOSED || isFollowing(after)) {
      endCatchUp();
      enter(to, { status });
      take(block, origin);
    } else {
      catchUp ??= beginCatchUp();
    }
  };

  const tell = (message: LeaderMessage): void => {
    if (!life.aborted) {
      channel.postMessage(message);
      onLeader(message);
    }
  };

  /** Leads until another steals the lock, which may be before this was called, or the source is closed. */
  const reign = (term: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      life.addEventListener('abort', () => resolve());
      if (term.aborted || waiting.signal.aborted) {
        resolve();
      } else {
        endCatchUp();
        // A tab that has not begun goes on where the leader before was: rather too early than too late.
        leader = lead({ topics, lastEventId: owner.lastEventId() || heard?.block.lastEventId || '', hold, tell }, heard?.topics ?? [], state, term);
      }
    });

  /** A lock that is stolen, or waited for no longer, is no failure. Some pages get none at all, such as frames of a sandbox. */
  const onNoLock = ({ name: reason }: DOMException): void => {
    if (reason !== 'AbortError' && !life.aborted) {
      locks = undefined;
      channel.close();
      join();
    }
  };

  /** Waits for the lock, or steals it from a leader that is silent. */
  const compete = async (): Promise<void> => {
    let steal = false;
    while (!life.aborted) {
      const { signal } = (waiting = new AbortController());
      const term = new AbortController();
      const lockOptions = steal ? { steal } : { signal };
      await (locks ? locks.request(name, lockOptions, () => reign(term.signal)) : reign(term.signal)).catch(onNoLock);
      term.abort();
      leader = undefined;
      steal = signal.aborted;
    }
  };

  const onTick = (): void => {
    if (!leader && ++silence > 2) {
      silence = 0;
      waiting.abort();
    } else if (silence === 2) {
      channel.postMessage([]);
    }
  };

  const watch = setInterval(onTick, leaderTimeoutMs * (1 + Math.random() / 2));
  const end = (): void => {
    clearInterval(watch);
    channel.close();
    waiting.abort();
    endCatchUp();
  };
  life.addEventListener('abort', end);
  seen.add(owner.lastEventId());
  join();
  channel.postMessage([]);
  void compete();
};
