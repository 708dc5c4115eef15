/**
 * What tabs tell each other. A *run* is one stream of one leader, from its opening to its end; a later run has a larger
 * number. Within a run the leader counts the events, so that each tab knows whether it has them all.
 */
export type TabMessage = RunMessage | EventMessage | TabStateMessage;

/** The leader says where its run stands: when it begins, when its state or its last id changes, and when it is asked. */
export interface RunMessage {
  readonly kind: 'run';
  readonly run: number;
  /** How many events the run had. */
  readonly count: number;
  /** The last id; with a count of 0, the id after which the run began. */
  readonly id: string;
  readonly topics: readonly string[];
  /** A state of `EventSource`. */
  readonly state: number;
  /** The status that ended the run for good. */
  readonly status?: number | undefined;
}

/** The leader hands on an event. */
export interface EventMessage {
  readonly kind: 'event';
  readonly run: number;
  /** Which one of the run, from 1. */
  readonly count: number;
  readonly id: string;
  /** Whether the event itself brought the id. */
  readonly hasId: boolean;
  readonly type: string;
  readonly data: string;
  readonly origin: string;
}

/** A tab says that it is there, and what it needs: nothing (`here`), its topics (`want`), or to hear where the leader stands (`ask`). */
export interface TabStateMessage {
  readonly kind: 'here' | 'want' | 'ask';
  readonly tab: string;
  readonly topics: readonly string[];
  /** The run that it speaks of. */
  readonly run: number;
}
