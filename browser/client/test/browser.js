import { SharedEventSource } from './subject.js';

/**
 * What tabs of one browser share, channels and locks, in one process and at the mercy of a test: messages arrive late,
 * at each tab at another time, though in the order in which a tab sent them; tabs crash and freeze.
 */
export class Browser {
  tabs = new Set();
  #locks = new Map();
  #random;

  constructor(random = () => 0) {
    this.#random = random;
  }

  /** Opens a tab with one source. */
  open(url, options = {}) {
    const tab = new Tab(this);
    this.tabs.add(tab);
    tab.open(url, options);
    return tab;
  }

  /** The tab that holds the one connection. */
  get leader() {
    for (const { holder } of this.#locks.values()) {
      if (holder) {
        return holder.tab;
      }
    }
    return undefined;
  }

  send(sender, name, data) {
    const copy = JSON.stringify(data);
    for (const tab of this.tabs) {
      for (const channel of tab.channels) {
        if (channel !== sender && channel.name === name) {
          const inbox = channel.inbox(sender);
          inbox.push(copy);
          setTimeout(() => tab.run(() => channel.onmessage?.({ data: JSON.parse(inbox.shift()) })), this.#random() * 5);
        }
      }
    }
  }

  request(tab, name, { steal, signal }, callback) {
    return new Promise((resolve, reject) => {
      const request = { tab, callback, resolve, reject };
      const lock = this.#locks.get(name) ?? { queue: [] };
      this.#locks.set(name, lock);
      signal?.addEventListener('abort', () => {
        if (lock.queue.includes(request)) {
          lock.queue.splice(lock.queue.indexOf(request), 1);
          reject(abortError());
        }
      });
      if (steal && lock.holder) {
        const robbed = lock.holder;
        lock.holder = undefined;
        robbed.tab.run(() => robbed.reject(abortError()));
      }
      lock.queue[steal ? 'unshift' : 'push'](request);
      this.#grant(lock);
    });
  }

  #grant(lock) {
    const request = lock.holder ? undefined : lock.queue.shift();
    if (!request) {
      return;
    }
    lock.holder = request;
    const release = () => {
      request.resolve();
      if (lock.holder === request) {
        lock.holder = undefined;
        this.#grant(lock);
      }
    };
    setTimeout(() => request.tab.run(() => request.callback().then(release)), this.#random() * 5);
  }
}

class Tab {
  channels = new Set();
  /** What came, as [type, data, last id]. */
  seen = [];
  source;
  #browser;
  #isFrozen = false;
  #isDead = false;
  #held = [];

  constructor(browser) {
    this.#browser = browser;
  }

  open(url, options) {
    const tab = this;
    const own = {
      navigator: { locks: { request: (...request) => tab.#browser.request(tab, ...request) } },
      setInterval: (run, ms) => interval(() => tab.#isFrozen || run(), ms),
      BroadcastChannel: class {
        name;
        onmessage;
        #inboxes = new Map();
        constructor(name) {
          this.name = name;
          tab.channels.add(this);
        }
        inbox(sender) {
          this.#inboxes.set(sender, this.#inboxes.get(sender) ?? []);
          return this.#inboxes.get(sender);
        }
        postMessage(data) {
          if (!tab.#isDead) {
            tab.#browser.send(this, this.name, data);
          }
        }
        close() {
          tab.channels.delete(this);
          this.onmessage = undefined;
        }
      },
    };
    this.source = standIn(own, () => new SharedEventSource(url, { retryMs: 10, minRetryMs: 5, fetch: this.#fetch, ...options }));
    void this.#record();
  }

  close() {
    this.source.close();
    this.#browser.tabs.delete(this);
  }

  /** From now on, what it says is lost. */
  mute() {
    this.#isDead = true;
  }

  /** Is gone without a word. */
  crash() {
    this.mute();
    this.close();
  }

  freeze() {
    this.#isFrozen = true;
  }

  thaw() {
    this.#isFrozen = false;
    for (const held of this.#held.splice(0)) {
      this.run(held);
    }
  }

  /** Runs it now, or when the tab is thawed. */
  run(task) {
    if (this.#isFrozen) {
      this.#held.push(task);
    } else {
      task();
    }
  }

  /** What comes while the tab is frozen waits. */
  #fetch = async (url, init) => {
    const { status, headers, body } = await fetch(url, init);
    const gate = new TransformStream({
      transform: async (chunk, controller) => {
        await new Promise((resolve) => this.run(resolve));
        controller.enqueue(chunk);
      },
    });
    return new Response(body?.pipeThrough(gate), { status, headers });
  };

  async #record() {
    try {
      for await (const { type, data, lastEventId } of this.source.events(Infinity)) {
        this.seen.push([type, data, lastEventId]);
      }
    } catch {
      this.seen.push(['failed']);
    }
  }
}

const interval = setInterval;

/** Runs it with these values in the place of the global ones. */
function standIn(values, run) {
  const before = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  try {
    return run();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) {
        Object.defineProperty(globalThis, name, descriptor);
      } else {
        delete globalThis[name];
      }
    }
  }
}

function abortError() {
  return new DOMException('aborted', 'AbortError');
}
