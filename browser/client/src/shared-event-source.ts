import type { EventSourceOptions } from './event-source-options.js';
import type { Block } from './event-stream-parser.js';
import { Leader, type Seat } from './leader.js';
import { RecentIds } from './recent-ids.js';
import { RelayedStream, type Relay } from './relayed-stream.js';
import { ServerSentEvent } from './server-sent-event.js';
import { CLOSED, OPEN, Source } from './source.js';
import type { EventMessage, RunMessage, TabMessage, TabStateMessage } from './tab-messages.js';

/** How many events a leader may be behind the leader before it without another tab getting them twice. */
const MAX_RECENT = 1024;

/** What a page that is hidden does is nothing that all tabs should share, nor can the platform's stream be shared. */
export interface SharedEventSourceOptions extends Omit<EventSourceOptions, 'native' | 'pauseWhenHidden'> {
  /** The parameter of the URL by which topics are asked for: `topic`. */
  readonly topicParameter?: string;
  /** A leader that says nothing for two to five times so long, even when asked, is replaced: 3000. */
  readonly leaderTimeoutMs?: number;
}

/**
 * One connection for all tabs (and workers) of an origin. Sources whose URLs differ in their topics alone share a
 * stream that asks for the topics of all of them; each gets all its events.
 *
 * A lock of the browser elects one tab as leader. It opens the stream, and tells the others each event. When it is
 * closed, crashes or freezes, another takes over after the last id that it has itself. A tab *follows* a run of the
 * leader only if the run has all its topics, and has come no further than the tab; else it catches up, by a stream of
 * its own that it closes where both have met. An event that a tab has seen it knows by its id. Where there are no
 * locks, each tab has a stream of its own.
 *
 * @typeParam T maps types of events to what their data holds as JSON, such as `{ paid: Order }`
 */
export class SharedEventSource<T = {}> extends Source<T> {
  readonly #options: SharedEventSourceOptions;
  readonly #tab = `${Math.random()}`;
  readonly #place: URL;
  readonly #topics: readonly string[];
  readonly #recent = new RecentIds(MAX_RECENT);
  readonly #channel: BroadcastChannel;
  readonly #watch: ReturnType<typeof setInterval>;
  readonly #locks = globalThis.navigator?.locks;
  #lastEventId = '';
  /** What the leader said last: its run, how far it is, and what it asks for. */
  #heard: Pick<RunMessage, 'run' | 'count' | 'id' | 'topics'> = { run: 0, count: 0, id: '', topics: [] };
  #followedRun = 0;
  #count = 0;
  #catchUp: RelayedStream | undefined;
  #leader: Leader | undefined;
  #silence = 0;
  #mustSteal = false;
  #waiting = new AbortController();
  #resign = (): void => {};

  /** @throws DOMException `SyntaxError` if the URL cannot be read */
  constructor(url: string | URL, options: SharedEventSourceOptions = {}) {
    super(url, options.withCredentials);
    this.#options = options;
    this.#place = new URL(this.url);
    this.#topics = this.#place.searchParams.getAll(this.#topicParameter);
    this.#place.searchParams.delete(this.#topicParameter);
    this.#stand(options.store?.getItem(this.#storeKey) ?? options.lastEventId ?? '');
    this.#channel = new BroadcastChannel(this.#locks ? this.#name : this.#name + this.#tab);
    this.#channel.onmessage = ({ data }) => this.#onMessage(data as TabMessage);
    this.#watch = setInterval(() => this.#onTick(), (options.leaderTimeoutMs ?? 3000) * (1 + Math.random() / 2));
    this.#heedSignal();
    this.#say('ask');
    void this.#compete();
  }

  /** The id of the last event that this tab has seen; empty before there is one. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  override close(): void {
    super.close();
    clearInterval(this.#watch);
    this.#endCatchUp();
    this.#leader?.close();
    this.#waiting.abort();
    this.#resign();
    this.#channel.close();
  }

  get #topicParameter(): string {
    return this.#options.topicParameter ?? 'topic';
  }

  get #name(): string {
    return `freshet ${this.#place}`;
  }

  get #storeKey(): string {
    return `freshet ${this.url}`;
  }

  #heedSignal(): void {
    const { signal } = this.#options;
    signal?.addEventListener('abort', () => this.close());
    if (signal?.aborted) {
      this.close();
    }
  }

  async #compete(): Promise<void> {
    while (this.readyState !== CLOSED) {
      await this.#reign().catch(() => {});
      this.#leader?.close();
      this.#leader = undefined;
    }
  }

  /** Waits for the lock or steals it, and leads until another steals it or the source is closed. */
  async #reign(): Promise<void> {
    const waiting = (this.#waiting = new AbortController());
    const lead = (): Promise<void> => new Promise((resolve) => this.#lead(waiting, resolve));
    const options = this.#mustSteal ? { steal: true } : { signal: waiting.signal };
    this.#mustSteal = false;
    await (this.#locks ? this.#locks.request(this.#name, options, lead) : lead());
  }

  /** A lock that was stolen before this was called is no longer waited for. */
  #lead(waiting: AbortController, resign: () => void): void {
    if (this.readyState === CLOSED || waiting !== this.#waiting) {
      resign();
    } else {
      this.#endCatchUp();
      this.#resign = resign;
      this.#leader = new Leader(this.#seat(), this.#heard.topics, this.readyState);
    }
  }

  #seat(): Seat {
    return {
      topics: this.#topics,
      lastEventId: () => this.#lastEventId,
      newestRun: () => this.#heard.run,
      open: (topics, relay) => this.#open(topics, relay),
      tell: (message) => this.#tell(message),
    };
  }

  #open(topics: readonly string[], relay: Relay): RelayedStream {
    const { store, signal, ...options } = this.#options;
    const unshared = { native: false, pauseWhenHidden: false, lastEventId: this.#lastEventId };
    return new RelayedStream(this.#urlOf(topics), { ...options, ...unshared }, relay);
  }

  #urlOf(topics: readonly string[]): string {
    const url = new URL(this.#place);
    for (const topic of topics) {
      url.searchParams.append(this.#topicParameter, topic);
    }
    return url.href;
  }

  #tell(message: RunMessage | EventMessage): void {
    this.#post(message);
    this.#onMessage(message);
  }

  #say(kind: TabStateMessage['kind']): void {
    this.#post({ kind, tab: this.#tab, topics: this.#topics, run: this.#heard.run });
  }

  #post(message: TabMessage): void {
    if (this.readyState !== CLOSED) {
      this.#channel.postMessage(message);
    }
  }

  #onMessage(message: TabMessage): void {
    if ('tab' in message) {
      this.#leader?.onTab(message);
    } else if (message.run >= this.#heard.run) {
      this.#silence = 0;
      this.#heard = { ...this.#heard, ...message };
      this.#giveWay();
      if (message.kind === 'run') {
        this.#onRun(message);
      } else {
        this.#onEvent(message);
      }
    }
  }

  /** A leader that hears of a later run than its own was replaced while it was frozen. */
  #giveWay(): void {
    if (this.#leader && this.#leader.run !== this.#heard.run) {
      this.#resign();
    }
  }

  #onRun(message: RunMessage): void {
    const { run, count, id, state } = message;
    if (state === CLOSED || (run === this.#followedRun && count === this.#count)) {
      this.#stand(id);
      this.#enter(message);
    } else if (!this.#isCovered) {
      this.#followedRun = 0;
      this.#say('want');
    } else if (!this.#lastEventId || id === this.#lastEventId || (count === 0 && this.#recent.has(id))) {
      this.#follow();
      this.#enter(message);
    } else {
      this.#beginCatchUp();
    }
  }

  #onEvent(message: EventMessage): void {
    if (message.run !== this.#followedRun) {
      this.#meet();
    } else if (message.count === this.#count + 1) {
      this.#count++;
      this.#take(message);
    } else {
      this.#beginCatchUp();
    }
  }

  /** Whether the leader's run has all topics of this tab. */
  get #isCovered(): boolean {
    return this.#topics.every((topic) => this.#heard.topics.includes(topic));
  }

  /** Lives of the leader's run from where that is now. */
  #follow(): void {
    this.#endCatchUp();
    this.#followedRun = this.#heard.run;
    this.#count = this.#heard.count;
    this.#stand(this.#heard.id);
    this.#say('here');
  }

  /** Asks for the same topics as the leader, and so comes to where the leader is. */
  #beginCatchUp(): void {
    this.#followedRun = 0;
    const { topics } = this.#heard;
    if (this.#catchUp?.url !== this.#urlOf(topics)) {
      this.#endCatchUp();
      const stream = this.#open(topics, (block, origin) => this.#onCatchUpBlock(block, origin));
      stream.onopen = () => this.#enter({ state: stream.readyState });
      stream.onerror = ({ status }) => this.#enter({ state: stream.readyState, status });
      this.#catchUp = stream;
    }
  }

  #onCatchUpBlock({ lastEventId: id, data, ...rest }: Block, origin: string): void {
    if (data === undefined) {
      this.#stand(id);
    } else {
      this.#take({ id, data, origin, ...rest });
    }
    this.#meet();
  }

  /** Both have had the same events when both stand at the same id. */
  #meet(): void {
    if (this.#catchUp && this.#isCovered && this.#heard.id === this.#lastEventId) {
      this.#follow();
    }
  }

  #endCatchUp(): void {
    this.#catchUp?.close();
    this.#catchUp = undefined;
  }

  #take({ id, hasId, type, data, origin }: Omit<EventMessage, 'kind' | 'run' | 'count'>): void {
    const isKnown = hasId && this.#recent.has(id);
    this.#stand(id);
    if (!isKnown) {
      this.deliver(new ServerSentEvent(type, { data, lastEventId: id, origin }));
    }
    this.#options.store?.setItem(this.#storeKey, id);
  }

  #stand(id: string): void {
    this.#lastEventId = id;
    if (id) {
      this.#recent.add(id);
    }
  }

  #enter({ state, status }: Pick<RunMessage, 'state' | 'status'>): void {
    if (state === CLOSED) {
      this.failed({ status });
    } else if (state === OPEN && this.readyState !== OPEN) {
      this.opened({});
    } else if (state !== OPEN && this.readyState === OPEN) {
      this.lost({ status });
    }
  }

  #onTick(): void {
    if (!this.#leader && ++this.#silence > 2) {
      this.#silence = 0;
      this.#mustSteal = true;
      this.#waiting.abort();
    } else if (this.#silence === 2) {
      this.#say('ask');
    }
  }
}
