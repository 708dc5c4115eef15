import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from './browser.js';
import { LogServer } from './log-server.js';
import { eventually } from './waiting.js';

const TOPICS = ['a', 'b', 'c'];
const STEPS = 60;
const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: Number(process.env.SEEDS ?? 8) }, () => newSeed());

for (const seed of seeds) {
  const tellsTopics = seed % 2 === 1;
  test(`tabs come, go, crash and freeze; events ${tellsTopics ? '' : 'do not '}tell their topics: SEED=${seed}`, async (t) => {
    const random = generator(seed);
    const story = new Story(new Browser(random), await LogServer.start(t, { tellsTopics }), random, tellsTopics);
    t.after(() => story.end());
    for (let i = 0; i < STEPS; i++) {
      await story.step();
    }
    await story.settle();
    story.check();
  });
}

/** What happens to the tabs, and what each of them must have seen. */
class Story {
  #browser;
  #server;
  #random;
  #tellsTopics;
  /** tab -> its topics, and how many events there were when it was first open. */
  #all = new Map();
  #published = [];

  constructor(browser, server, random, tellsTopics) {
    this.#tellsTopics = tellsTopics;
    this.#browser = browser;
    this.#server = server;
    this.#random = random;
    this.#open();
  }

  async step() {
    const acts = [this.#publish, this.#publish, this.#publish, this.#open, this.#reload, this.#close, this.#crash, this.#freeze, this.#thaw, this.#cut];
    this.#choose(acts).call(this);
    await new Promise((resolve) => setTimeout(resolve, this.#random() * 12));
  }

  /** All that live are awake, open, and have the newest event of each of their topics. */
  async settle() {
    this.#browser.tabs.forEach((tab) => tab.thaw());
    await eventually(() => [...this.#browser.tabs].every(({ source }) => source.readyState === 1));
    TOPICS.forEach((topic) => this.#publishTo(topic));
    const newest = Object.fromEntries(this.#published.map(({ topic, id }) => [topic, id]));
    await eventually(
      () => [...this.#browser.tabs].every((tab) => this.#all.get(tab).topics.every((topic) => tab.seen.some(([, , id]) => id === newest[topic]))),
      () => [...this.#browser.tabs].map((tab) => `${this.#all.get(tab).topics}: ${tab.seen.at(-1)}`).join('; '),
    );
    await eventually(() => this.#server.streams.size === 1, () => `${this.#server.streams.size} streams`);
  }

  check() {
    for (const [tab, { topics, from }] of this.#all) {
      assert.ok(!this.#tellsTopics || tab.seen.every(([type]) => topics.includes(type)), `of other tabs: ${tab.seen}`);
      const ids = tab.seen.filter(([type]) => topics.includes(type)).map(([, , id]) => Number(id.slice(2)));
      assert.ok(!tab.seen.some(([type]) => type === 'gap' || type === 'failed'), `${tab.seen}`);
      assert.deepEqual(ids, [...new Set(ids)].sort((x, y) => x - y), 'doubled, or out of order');
      const isWhole = this.#browser.tabs.has(tab);
      const until = isWhole ? Infinity : ids.at(-1);
      const owed = this.#published.filter(({ topic, id }) => topics.includes(topic) && Number(id.slice(2)) > from && Number(id.slice(2)) <= until);
      const had = new Set(ids);
      assert.deepEqual(owed.map(({ id }) => Number(id.slice(2))).filter((id) => !had.has(id)), [], 'lost');
    }
  }

  end() {
    this.#browser.tabs.forEach((tab) => tab.close());
  }

  #publish() {
    this.#publishTo(this.#choose(TOPICS));
  }

  #publishTo(topic) {
    this.#published.push({ topic, id: `e-${this.#server.publish(topic)}` });
  }

  #open() {
    if (this.#browser.tabs.size < 6) {
      const topics = TOPICS.filter(() => this.#random() < 0.5);
      const own = topics.length > 0 ? topics : ['a'];
      const tab = this.#browser.open(this.#server.url(...own), { leaderTimeoutMs: 25 });
      const record = { topics: own, from: Infinity };
      this.#all.set(tab, record);
      tab.source.addEventListener('open', () => (record.from = Math.min(record.from, this.#published.length)));
    }
  }

  /** A tab is gone, and comes back with the last id that it had. */
  #reload() {
    const tab = this.#pick();
    const { lastEventId } = tab?.source ?? {};
    if (lastEventId) {
      const { topics } = this.#all.get(tab);
      tab.crash();
      const again = this.#browser.open(this.#server.url(...topics), { leaderTimeoutMs: 25, lastEventId });
      this.#all.set(again, { topics, from: Number(lastEventId.slice(2)) });
    }
  }

  #close() {
    this.#pick()?.close();
  }

  #crash() {
    this.#pick()?.crash();
  }

  #freeze() {
    this.#pick()?.freeze();
  }

  #thaw() {
    this.#browser.tabs.forEach((tab) => tab.thaw());
  }

  #cut() {
    this.#server.cut();
  }

  /** The leader as often as not; never the last one. */
  #pick() {
    const tabs = [...this.#browser.tabs];
    return tabs.length < 2 ? undefined : this.#random() < 0.5 ? this.#browser.leader : this.#choose(tabs);
  }

  #choose(from) {
    return from[Math.floor(this.#random() * from.length)];
  }
}

function newSeed() {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Mulberry32: the same numbers for the same seed. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
