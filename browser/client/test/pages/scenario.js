// What a program may do with an EventSource and see of it. Run with the platform's and with ours, it must see the same.
const STREAM = { 'content-type': 'text/event-stream' };

/** Each scenario is given the class, what makes a URL of a path, and a log. */
export const scenarios = {
  constants(EventSource, url, log) {
    const source = new EventSource(url('/silent'));
    for (const holder of [EventSource, EventSource.prototype, source]) {
      log(holder.CONNECTING, holder.OPEN, holder.CLOSED);
    }
    source.close();
  },

  'its name'(EventSource, url, log) {
    log(EventSource.name);
  },

  members(EventSource, url, log) {
    const source = new EventSource(url('/silent'));
    const names = Object.getOwnPropertyNames(globalThis.EventSource.prototype).sort();
    names.forEach((name) => log(name, name in source, name === 'constructor' || typeof source[name]));
    log(source instanceof EventTarget, source instanceof EventSource, source.constructor === EventSource);
    source.close();
  },

  properties(EventSource, url, log) {
    for (const init of [undefined, {}, { withCredentials: false }, { withCredentials: true }]) {
      const source = new EventSource(url('/silent'), init);
      log(source.url === url('/silent'), source.withCredentials, source.readyState, source.onopen, source.onmessage, source.onerror);
      source.close();
      log(source.readyState, source.close());
    }
    const relative = new EventSource('/relative?a=b#c');
    log(relative.url === new URL('/relative?a=b#c', location).href);
    relative.close();
  },

  'the base of the page'(EventSource, url, log) {
    const base = document.head.appendChild(Object.assign(document.createElement('base'), { href: `${location.origin}/app/` }));
    const source = new EventSource('events');
    base.remove();
    log(source.url);
    source.close();
  },

  'what is read-only'(EventSource, url, log) {
    const source = new EventSource(url('/silent'));
    for (const name of ['readyState', 'url', 'withCredentials', 'CONNECTING', 'OPEN', 'CLOSED']) {
      log(name, caught(() => (source[name] = 5)), source[name] === 5);
    }
    log(caught(() => (EventSource.OPEN = 5)), EventSource.OPEN);
    source.close();
  },

  errors(EventSource, url, log) {
    log(caught(() => new EventSource('http://[')));
    log(caught(() => EventSource(url('/silent'))));
  },

  handlers(EventSource, url, log) {
    const source = new EventSource(url('/silent'));
    const handler = () => {};
    for (const name of ['onopen', 'onmessage', 'onerror']) {
      for (const value of [handler, null, handler, undefined, handler, 5]) {
        source[name] = value;
        log(name, source[name] === handler, source[name] === null);
      }
    }
    source.close();
  },

  async 'an event'(EventSource, url, log) {
    const source = new EventSource(url('/events'));
    source.onopen = (event) => log(described(event, source), source.readyState);
    const event = await next(source, 'paid');
    log(described(event, source), event.data, event.lastEventId, event.origin === new URL(url('/')).origin, event.source, event.ports.length);
    log(event instanceof MessageEvent, event.constructor === MessageEvent || event.constructor.prototype instanceof MessageEvent);
    source.close();
  },

  async 'order, this, options and objects as listeners'(EventSource, url, log) {
    const source = new EventSource(url('/events'));
    const controller = new AbortController();
    const removed = () => log('removed');
    source.addEventListener('message', removed);
    source.onmessage = function () {
      log('first handler', this === source);
    };
    source.addEventListener('message', { handleEvent: (event) => log('object', event.data) });
    source.addEventListener('message', () => log('once'), { once: true });
    source.addEventListener('message', () => log('until aborted'), { signal: controller.signal });
    source.addEventListener('message', null);
    source.onmessage = function () {
      log('second handler', this === source);
      controller.abort();
    };
    source.removeEventListener('message', removed);
    await next(source, 'last');
    log(source.dispatchEvent(new Event('open')));
    source.close();
  },

  async 'a listener that throws'(EventSource, url, log) {
    const source = new EventSource(url('/events'));
    const reported = new Promise((resolve) => addEventListener('error', (event) => resolve(event.message), { once: true }));
    source.onmessage = () => {
      source.onmessage = null;
      throw new Error('of a handler');
    };
    log(await reported);
    await next(source, 'last');
    source.close();
  },

  async 'a lost connection'(EventSource, url, log) {
    const source = new EventSource(url('/lost'));
    source.onopen = source.onerror = (event) => log(described(event, source), source.readyState);
    await next(source, 'second');
    source.close();
    log(await (await fetch(url('/asked'))).json());
  },

  async 'an end for good'(EventSource, url, log) {
    for (const path of ['/204', '/404', '/500', '/wrong-type']) {
      const source = new EventSource(url(path));
      const error = await next(source, 'error');
      log(path, described(error, source), source.readyState);
    }
  },

  async 'close() in a handler'(EventSource, url, log) {
    const source = new EventSource(url('/events'));
    source.onerror = () => log('error');
    source.onmessage = ({ data }) => {
      log(data);
      source.close();
    };
    await next(source, 'message');
    source.addEventListener('last', () => log('too late'));
    await fetch(url('/asked'));
    log(source.readyState);
  },
};

/** What the scenarios ask of a server: an answer to each path. The first request of a run is told from the next ones. */
export function answer(path, run, response) {
  run.asked ??= [];
  switch (path) {
    case '/events':
      response.writeHead(200, STREAM);
      response.write('id: 1\ndata: a\n\nid: é\nevent: paid\ndata: b\ndata: c\n\ndata: d\n\nevent: last\ndata:\n\n');
      break;
    case '/lost':
      run.asked.push(response.req.headers['last-event-id'] ?? null);
      response.writeHead(200, STREAM);
      response.write(run.asked.length === 1 ? 'retry: 20\nid: 7\ndata: a\n\ndata: cut' : 'event: second\ndata: b\n\n');
      if (run.asked.length === 1) {
        response.end();
      }
      break;
    case '/asked':
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(run.asked));
      break;
    case '/wrong-type':
      response.writeHead(200, { 'content-type': 'text/plain' }).end('data: a\n\n');
      break;
    case '/silent':
      response.writeHead(200, STREAM).flushHeaders();
      break;
    default:
      response.writeHead(Number(path.slice(1)) || 404).end();
  }
}

function next(source, type) {
  return new Promise((resolve) => source.addEventListener(type, resolve, { once: true }));
}

function described(event, source) {
  const { type, bubbles, cancelable, composed, defaultPrevented } = event;
  return [type, bubbles, cancelable, composed, defaultPrevented, event.target === source, event instanceof Event];
}

function caught(run) {
  try {
    run();
    return 'nothing';
  } catch (error) {
    return [error.name, error instanceof DOMException, error instanceof TypeError];
  }
}
