/** How many events a leader may be behind the leader before it without another tab getting them twice. */
const MAX_RECENT = 1024;

/** Which events a tab has had, as far as that can be told from an id. */
export interface SeenEvents {
  /** The tab has come to this event; one without an id is not known again. */
  add(id: string | undefined): void;
  /** The tab begins behind this place of a hub's log; whatever came before is none of its business. */
  beginAt(id: string): void;
  has(id: string): boolean;
}

/** An id that the hub made: its log's epoch, and a place in it, in base 36. */
const placeOf = (id: string): readonly (string | undefined)[] => /^(\w+)-(\w+)$/.exec(id) ?? [];

export function seenEvents(): SeenEvents {
  const recent = new Set<string | undefined>();
  let start: readonly (string | undefined)[] = [];
  return {
    add(id) {
      const [oldest] = recent.add(id);
      if (recent.size > MAX_RECENT) {
        recent.delete(oldest);
      }
    },
    beginAt: (id) => (start = placeOf(id)),
    /** Ids of publishers never have the same epoch. */
    has(id) {
      const [, epoch, offset] = placeOf(id);
      return recent.has(id) || (!!epoch && epoch === start[1] && parseInt(offset!, 36) <= parseInt(start[2]!, 36));
    },
  };
}
