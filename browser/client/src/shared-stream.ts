import type { Block } from './event-stream-parser.js';
import { stand } from './election.js';
import { seenEvents } from './seen-events.js';
import type { SharedEventSourceOptions } from './shared-event-source.js';
import { CLOSED, CONNECTING, DAY_MS, OPEN, holdStream, type HoldStream, type StreamOwner } from './stream.js';
import type { LeaderMessage, NeedMessage, TabMessage } from './tab-messages.js';
import { patternOf, type Pattern } from './topic-selectors.js';

/** Tabs of a page that was loaded before what they tell each other was changed are not understood. */
const PROTOCOL = 'freshet 3';

/** How long tabs have at least to say what they need, once they were told that the leader asks for something else. */
const ROUND_MS = 1000;

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
  const channel = new BroadcastChannel(name);
  const seen = seenEvents();
  const own = topics.map(patternOf);
  let state = CONNECTING;
  /** What the leader asks for. */
  let asked: readonly string[] = [];
  /** The same as patterns. */
  let all: readonly Pattern[] = [];
  /** Where the leader is. */
  let position = '';
  /** The one that this tab has itself: as leader, or to catch up. */
  let stream: AbortController | undefined;
  let isLeader = false;
  let silence = 0;
  /** As leader: what tabs said that they need in this round, and in the one before. Who is gone says nothing. */
  let needed: NeedMessage = [];
  let neededBefore: NeedMessage = [];
  let roundEndMs = 0;

  const drop = (): void => {
    stream?.abort();
    stream = undefined;
  };

  const hold = (wanted: readonly string[], streamOwner: StreamOwner): void => {
    const url = new URL(place);
    wanted.forEach((topic) => url.searchParams.append(topicParameter, topic));
    drop();
    stream = new AbortController();
    holdStream(url.href, { ...options, pauseWhenHidden: false }, streamOwner, stream.signal);
  };

  const enter: StreamOwner['onState'] = (to, details) => {
    if (to !== state) {
      state = to;
      owner.onState(to, details);
    }
  };

  const take = (block: Block): void => {
    const { type, lastEventId: id } = block;
    // A gap has the id of the place behind it, and a block with that id alone comes before.
    const key = id && type === 'gap' ? `gap ${id}` : id;
    const isOf = (patterns: readonly Pattern[]): boolean => patterns.some((takes) => block.topics!.some(takes));
    if (!key || !seen.has(key)) {
      seen.add(id);
      seen.add(key);
      void owner.onBlock(isOf(all) && !isOf(own) ? { ...block, data: undefined } : block);
    }
  };

  const covers = (needs: NeedMessage): boolean => needs.every((topic) => asked.includes(topic));

  /**
   * Whether the leader, who comes from an event, tells this tab all that it needs; a tab that has not begun takes what comes.
   * A leader without an id may come from anywhere.
   */
  const isFollowing = (after: string): boolean =>
    isLeader || (covers(topics) && (owner.lastId() ? [after, position].some((id) => id && seen.has(id)) : !stream));

  /**
   * Asks for the topics of the leader too, and so comes to where the leader is. The leader hears of this tab's topics once
   * the server has taken them: a refusal ends this tab alone.
   */
  const catchUp = (): void =>
    hold([...new Set([...asked, ...topics])], {
      lastId: owner.lastId,
      onState: (to, details) => {
        if (to === OPEN) {
          channel.postMessage(topics);
        }
        enter(to, details);
      },
      onBlock: (block) => {
        // Another place than the one that was asked for is that behind a gap, of which the next block tells.
        if (block.data !== undefined) {
          take(block);
        } else if (!owner.lastId()) {
          take(block);
          seen.beginAt(block.lastEventId!);
        }
        if (!owner.lastId() || isFollowing(position)) {
          drop();
        }
      },
    });

  const onLeader = ([wanted, after, block, to, status]: LeaderMessage): void => {
    const isOtherStream = wanted.join('\n') !== asked.join('\n');
    silence = 0;
    asked = wanted;
    position = block.lastEventId ?? after;
    if (isOtherStream) {
      all = asked.map(patternOf);
    }
    if (covers(topics) ? isOtherStream : state === OPEN) {
      channel.postMessage(topics);
    }
    if (to === CLOSED || isFollowing(after)) {
      if (!isLeader) {
        drop();
      }
      enter(to, { status });
      take(block);
    } else if (!stream) {
      catchUp();
    }
  };

  const tell = (block: Block, wanted = asked, to = state, status?: number): void => {
    const message: LeaderMessage = [wanted, position, block, to, status];
    channel.postMessage(message);
    onLeader(message);
  };

  const tellPlace = (...rest: [wanted?: readonly string[], to?: number, status?: number | undefined]): void =>
    tell({ type: '', lastEventId: position, origin: '', topics: [] }, ...rest);

  const lead = (): void => {
    const wanted = [...new Set([...topics, ...neededBefore, ...needed])];
    if (Date.now() > roundEndMs) {
      neededBefore = needed;
      needed = [];
      roundEndMs = Date.now() + ROUND_MS;
    }
    tellPlace(wanted);
    hold(wanted, {
      lastId: () => position,
      onState: (to, details) => tellPlace(wanted, to, details?.status),
      onBlock: (block) => tell(block),
    });
  };

  const onNeed = (needs: NeedMessage): void => {
    needed = [...new Set([...needed, ...needs])];
    if (!covers(needs)) {
      lead();
    } else if (!needs[0]) {
      tellPlace();
    }
  };

  const end = (): void => {
    clearInterval(watch);
    channel.close();
    drop();
  };

  const rise = (): void => {
    // A tab that has not begun goes on where the leader before was: rather too early than too late.
    position = owner.lastId() || position;
    needed = asked;
    isLeader = true;
    lead();
  };

  const resign = (): void => {
    isLeader = false;
    drop();
  };

  /** Some pages get no locks, such as frames of a sandbox. */
  const giveUp = (): void => {
    end();
    holdStream(href, options, owner, life);
  };

  const onTick = (): void => {
    if (!isLeader && ++silence > 2) {
      silence = 0;
      steal();
    } else if (silence === 2) {
      channel.postMessage([]);
    }
  };

  const watch = setInterval(onTick, Math.min(leaderTimeoutMs, DAY_MS) * (1 + Math.random() / 2));
  life.onabort = end;
  seen.add(owner.lastId());
  // A leader hears what tabs need, the others hear the leader; one that was robbed of the lock may speak on for a moment.
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (Array.isArray(data[0])) {
      if (!isLeader) {
        onLeader(data as LeaderMessage);
      }
    } else if (isLeader) {
      onNeed(data as NeedMessage);
    }
  };
  channel.postMessage([]);
  const steal = stand(name, life, rise, resign, giveUp);
};
