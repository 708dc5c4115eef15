/** The ids of the newest events, by which a tab knows an event that comes once more. */
export class RecentIds {
  readonly #ids = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Adds an id; of too many, the oldest is forgotten. */
  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) {
      this.#ids.delete(this.#ids.values().next().value!);
    }
  }
}
