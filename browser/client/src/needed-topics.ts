/** How long tabs have at least to say what they need, once they were told that the leader asks for something else. */
const ROUND_MS = 1000;

/** The topics that tabs need: what they said in this round or in the one before. A tab that is gone says nothing, and so is forgotten. */
export interface NeededTopics {
  add(topics: readonly string[]): void;
  /** All of them, and these; begins a round, if the last one was long enough. */
  union(topics: readonly string[]): readonly string[];
}

export function neededTopics(): NeededTopics {
  let now: readonly string[] = [];
  let before: readonly string[] = [];
  let roundEndMs = 0;
  return {
    add: (topics) => (now = [...now, ...topics]),
    union(topics) {
      const all = [...new Set([...topics, ...before, ...now])];
      if (Date.now() > roundEndMs) {
        before = now;
        now = [];
        roundEndMs = Date.now() + ROUND_MS;
      }
      return all;
    },
  };
}
