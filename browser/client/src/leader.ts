import type { Block } from './event-stream-parser.js';
import type { Relay, RelayedStream } from './relayed-stream.js';
import type { EventMessage, RunMessage, TabStateMessage } from './tab-messages.js';

/** What a leader needs of the tab that it is in. */
export interface Seat {
  readonly topics: readonly string[];
  lastEventId(): string;
  /** The newest run that was heard of. */
  newestRun(): number;
  /** A stream of these topics, after the tab's last id. */
  open(topics: readonly string[], relay: Relay): RelayedStream;
  /** Tells all tabs, this one included. */
  tell(message: RunMessage | EventMessage): void;
}

/** Holds the one connection, and hands on what comes. */
export class Leader {
  readonly #seat: Seat;
  /** The topics of each tab, and how many runs there had been when it last spoke. */
  readonly #tabs = new Map<string, { readonly topics: readonly string[]; readonly runs: number }>();
  #topics: readonly string[];
  #state: number;
  #stream: RelayedStream | undefined;
  #runs = 0;
  #run = 0;
  #count = 0;
  #id = '';

  /** @param topics what the leader before had, so that the other tabs need not ask for them again */
  constructor(seat: Seat, topics: readonly string[], state: number) {
    this.#seat = seat;
    this.#state = state;
    this.#topics = union([topics, seat.topics]);
    this.#open();
  }

  get run(): number {
    return this.#run;
  }

  close(): void {
    this.#stream?.close();
  }

  /** A tab has spoken. */
  onTab({ kind, tab, topics, run }: TabStateMessage): void {
    this.#tabs.set(tab, { topics, runs: this.#runs });
    if (kind === 'ask') {
      this.#announce();
    } else if (kind === 'want' && run === this.#run) {
      this.#reopen();
    }
  }

  /** Begins a run that has the topics of all tabs that spoke in this run or the one before. */
  #reopen(): void {
    const lately = [...this.#tabs.values()].filter(({ runs }) => runs > this.#runs - 2);
    this.#topics = union([this.#seat.topics, ...lately.map(({ topics }) => topics)]);
    this.#open();
  }

  #open(): void {
    this.#stream?.close();
    this.#run = Math.floor(this.#seat.newestRun()) + 1 + Math.random();
    this.#runs++;
    this.#count = 0;
    this.#id = this.#seat.lastEventId();
    this.#announce();
    const stream = this.#seat.open(this.#topics, (block, origin) => this.#onBlock(block, origin));
    stream.onopen = () => this.#enter(stream.readyState);
    stream.onerror = ({ status }) => this.#enter(stream.readyState, status);
    this.#stream = stream;
  }

  #enter(state: number, status?: number): void {
    this.#state = state;
    this.#announce(status);
  }

  #onBlock({ data, type, lastEventId: id, hasId }: Block, origin: string): void {
    this.#id = id;
    if (data === undefined) {
      this.#announce();
    } else {
      this.#seat.tell({ kind: 'event', run: this.#run, count: ++this.#count, id, hasId, type, data, origin });
    }
  }

  #announce(status?: number): void {
    this.#seat.tell({
      kind: 'run',
      run: this.#run,
      count: this.#count,
      id: this.#id,
      topics: this.#topics,
      state: this.#state,
      status,
    });
  }
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
