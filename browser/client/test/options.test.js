import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, open, take } from './listening.js';
import { ScriptedServer, ending, silence, status, streaming } from './scripted-server.js';

test('headers, method and body are sent with each attempt', async (t) => {
  const server = await ScriptedServer.start(t, ending('id: 1\n\n'), streaming());
  open(t, server.url(), { method: 'POST', headers: { 'X-Tenant': 'blue' }, body: '{"ask":"all"}' });
  await server.requested(2);
  for (const { method, headers, body } of server.requests) {
    assert.deepEqual([method, headers['x-tenant'], body], ['POST', 'blue', '{"ask":"all"}']);
  }
  assert.equal(server.requests[1].headers['last-event-id'], '1');
});

test('headers and body may be made for each attempt', async (t) => {
  const server = await ScriptedServer.start(t, ending(), streaming());
  let attempts = 0;
  open(t, server.url(), {
    method: 'POST',
    headers: async () => ({ Authorization: `Bearer ${++attempts}` }),
    body: () => `attempt ${attempts + 1}`,
  });
  await server.requested(2);
  assert.deepEqual(
    server.requests.map(({ headers, body }) => [headers.authorization, body]),
    [['Bearer 1', 'attempt 2'], ['Bearer 2', 'attempt 3']],
  );
});

test('headers that cannot be made are an error, and made again', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: a\n\n'));
  let attempts = 0;
  const source = open(t, server.url(), {
    headers: () => {
      if (attempts++ === 0) {
        throw new Error('no token yet');
      }
      return {};
    },
  });
  assert.equal((await next(source, 'error')).cause.message, 'no token yet');
  assert.equal((await next(source)).data, 'a');
});

test('begins after a given id', async (t) => {
  const server = await ScriptedServer.start(t, streaming());
  open(t, server.url(), { lastEventId: 'k7-1' });
  assert.equal((await server.requested(1)).headers['last-event-id'], 'k7-1');
});

test('the last id is kept in a store, and is stronger than the given one', async (t) => {
  const store = storage();
  const server = await ScriptedServer.start(t, streaming('id: 1\ndata: a\n\nid: 2\ndata: b\n\n'), streaming());
  const first = open(t, server.url(), { store });
  await take(first, 2);
  first.close();
  open(t, server.url(), { store, lastEventId: 'old' });
  assert.equal((await server.requested(2)).headers['last-event-id'], '2');
  open(t, server.url('/other'), { store });
  assert.equal((await server.requested(3)).headers['last-event-id'], undefined);
});

test('an event is in the store only after its handlers ran', async (t) => {
  const store = storage();
  const server = await ScriptedServer.start(t, streaming('id: 1\ndata: a\n\n'));
  const source = open(t, server.url(), { store });
  let kept;
  source.onmessage = () => (kept = [...store.items.values()]);
  await next(source);
  assert.deepEqual(kept, []);
});

test('a store that is full or forbidden stops nothing', async (t) => {
  const server = await ScriptedServer.start(t, streaming('id: 1\ndata: a\n\nid: 2\ndata: b\n\n'));
  const refuse = () => {
    throw new DOMException('of a store', 'QuotaExceededError');
  };
  const source = open(t, server.url(), { store: { getItem: refuse, setItem: refuse }, lastEventId: '0' });
  assert.deepEqual(await take(source, 2), [['message', 'a', '1'], ['message', 'b', '2']]);
  assert.deepEqual(server.requests.map(({ headers }) => headers['last-event-id']), ['0']);
});

test('chosen statuses are tried again, after Retry-After in seconds', async (t) => {
  const server = await ScriptedServer.start(t, status(503, { 'retry-after': '1' }), status(429), streaming('data: a\n\n'));
  const source = open(t, server.url(), { retryOn: [429, 503] });
  const errors = [];
  source.onerror = ({ status: code }) => errors.push([code, source.readyState]);
  assert.equal((await next(source)).data, 'a');
  assert.deepEqual(errors, [[503, 0], [429, 0]]);
  const [first, second, third] = server.requests.map(({ atMs }) => atMs);
  assert.ok(second - first >= 990, `${second - first} ms`);
  assert.ok(third - second < 500, `${third - second} ms`);
});

test('other statuses still end it', async (t) => {
  const server = await ScriptedServer.start(t, status(500));
  const source = open(t, server.url(), { retryOn: [503] });
  assert.equal((await next(source, 'error')).status, 500);
  assert.equal(source.readyState, 2);
});

test('a 401 asks for a new token once, and goes on at once', async (t) => {
  const server = await ScriptedServer.start(t, status(401), ending('data: a\n\n'), status(401), streaming('data: b\n\n'));
  let token = 0;
  const source = open(t, server.url(), {
    headers: () => ({ Authorization: `Bearer ${token}` }),
    onUnauthorized: async (response) => {
      assert.equal(response.status, 401);
      token++;
    },
  });
  assert.deepEqual(await take(source, 2), [['message', 'a', ''], ['message', 'b', '']]);
  assert.deepEqual(server.requests.map(({ headers }) => headers.authorization), [
    'Bearer 0',
    'Bearer 1',
    'Bearer 1',
    'Bearer 2',
  ]);
});

test('a second 401 in a row ends it', async (t) => {
  const server = await ScriptedServer.start(t, status(401));
  const source = open(t, server.url(), { onUnauthorized: () => {} });
  assert.equal((await next(source, 'error')).status, 401);
  assert.deepEqual([source.readyState, server.requests.length], [2, 2]);
});

test('a 401 after another failure asks for a new token again', async (t) => {
  const server = await ScriptedServer.start(t, status(401), status(503), status(401), streaming('data: a\n\n'));
  let tokens = 0;
  const source = open(t, server.url(), { retryOn: [503], onUnauthorized: () => tokens++ });
  assert.equal((await next(source)).data, 'a');
  assert.equal(tokens, 2);
});

test('a new token that cannot be fetched is an error, and fetched again', async (t) => {
  const server = await ScriptedServer.start(t, status(401), status(401), streaming('data: a\n\n'));
  let attempts = 0;
  const source = open(t, server.url(), {
    onUnauthorized: () => {
      if (attempts++ === 0) {
        throw new Error('no token yet');
      }
    },
  });
  assert.equal((await next(source, 'error')).cause.message, 'no token yet');
  assert.equal((await next(source)).data, 'a');
  assert.equal(attempts, 2);
});

test('close() while a new token is fetched is the end', async (t) => {
  const server = await ScriptedServer.start(t, status(401), streaming());
  const renewed = new Promise((resolve) => {
    const source = open(t, server.url(), {
      onUnauthorized: async () => {
        source.close();
        setImmediate(resolve);
      },
    });
  });
  await renewed;
  assert.equal(server.requests.length, 1);
});

for (const [what, step] of Object.entries({ 'sends no byte': streaming(), 'does not answer': silence })) {
  test(`a server that ${what} for too long is left, and asked again`, async (t) => {
    const server = await ScriptedServer.start(t, step, streaming('data: a\n\n'));
    const source = open(t, server.url(), { stallMs: 50 });
    const error = await next(source, 'error');
    assert.deepEqual([source.readyState, error.cause.message], [0, 'no byte for 50 ms']);
    assert.equal((await next(source)).data, 'a');
  });
}

test('comments are signs of life', async (t) => {
  let comments = 0;
  const server = await ScriptedServer.start(t, (response) => {
    streaming()(response);
    const timer = setInterval(() => {
      response.write(comments++ < 10 ? ':\n' : 'data: a\n\n');
    }, 30);
    response.on('close', () => clearInterval(timer));
  });
  const source = open(t, server.url(), { stallMs: 200 });
  source.onerror = () => assert.fail('left a server that lives');
  assert.equal((await next(source)).data, 'a');
});

test('waits are doubled up to a limit, and short again after an event', async (t) => {
  const server = await ScriptedServer.start(
    t,
    ...Array(5).fill(status(503)),
    ending('data: a\n\n'),
    status(503),
    streaming(),
  );
  const waits = recordWaits(t);
  open(t, server.url(), { retryOn: [503], retryMs: 10, minRetryMs: 1, maxRetryMs: 60 });
  await server.requested(8);
  assert.deepEqual(waits, [10, 20, 40, 60, 60, 10, 20]);
});

test('a wait is a random part of what it may be', async (t) => {
  const server = await ScriptedServer.start(t, ...Array(3).fill(status(503)), streaming());
  const waits = recordWaits(t);
  const chances = [0, 0.5, 0.25];
  open(t, server.url(), { retryOn: [503], retryMs: 10, minRetryMs: 2, random: () => chances.shift() });
  await server.requested(4);
  assert.deepEqual(waits, [2, 11, 11.5]);
});

test('a server may ask for a longer wait than the limit', async (t) => {
  const server = await ScriptedServer.start(t, ending('retry: 70\n'), ending(), streaming());
  const waits = recordWaits(t);
  open(t, server.url(), { maxRetryMs: 60 });
  await server.requested(3);
  assert.deepEqual(waits, [70, 70]);
});

test('an AbortSignal closes it', async (t) => {
  const server = await ScriptedServer.start(t, streaming());
  const stop = new AbortController();
  const source = open(t, server.url(), { signal: stop.signal });
  await next(source, 'open');
  stop.abort();
  assert.equal(source.readyState, 2);
  assert.equal(open(t, server.url(), { signal: stop.signal }).readyState, 2);
});

test('Retry-After is the least wait, and not the same for all; a date that has passed is none', async (t) => {
  const past = new Date(0).toUTCString();
  const server = await ScriptedServer.start(t, status(503, { 'retry-after': '7' }), status(503, { 'retry-after': past }), streaming());
  const waits = recordWaits(t);
  open(t, server.url(), { retryOn: [503], retryMs: 10, minRetryMs: 0, random: () => 0.5 });
  await server.requested(3);
  assert.deepEqual(waits, [7005, 10]);
});

test('a network that comes back ends the wait', async (t) => {
  const surroundings = pretend(t, {});
  const server = await ScriptedServer.start(t, status(503), streaming('data: a\n\n'));
  const source = open(t, server.url(), { retryOn: [503], retryMs: 3_600_000 });
  await next(source, 'error');
  setImmediate(() => surroundings.window.dispatchEvent(new Event('online')));
  assert.equal((await next(source)).data, 'a');
});

test('after another network was joined, it connects anew, and at once', async (t) => {
  const surroundings = pretend(t, {});
  const server = await ScriptedServer.start(t, streaming('id: 1\ndata: a\n\n'), streaming('data: b\n\n'));
  const source = open(t, server.url(), { retryMs: 3_600_000 });
  await next(source);
  surroundings.window.dispatchEvent(new Event('online'));
  assert.equal((await next(source)).data, 'b');
  assert.equal(server.requests[1].headers['last-event-id'], '1');
});

test('pauses while the page is hidden, and misses nothing', async (t) => {
  const { document } = pretend(t, { hidden: false });
  const server = await ScriptedServer.start(t, streaming('id: 1\ndata: a\n\n'), streaming('data: b\n\n'));
  const source = open(t, server.url(), { pauseWhenHidden: true });
  await next(source);
  document.hidden = true;
  document.dispatchEvent(new Event('visibilitychange'));
  await next(source, 'error');
  assert.equal(server.requests.length, 1);
  document.hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal((await next(source)).data, 'b');
  assert.equal(server.requests[1].headers['last-event-id'], '1');
});

test('a page that begins hidden connects when it is shown', async (t) => {
  const { document } = pretend(t, { hidden: true });
  const server = await ScriptedServer.start(t, streaming());
  const source = open(t, server.url(), { pauseWhenHidden: true });
  await new Promise(setImmediate);
  assert.equal(server.requests.length, 0);
  document.hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await next(source, 'open');
});

test('a gap is an event of its own', async (t) => {
  const data = '{"reason":"expired","requested":"k7-1","earliest":"k7-90"}';
  const server = await ScriptedServer.start(t, streaming(`event: gap\nid: k7-8z\ndata: ${data}\n\n`));
  const gap = await next(open(t, server.url()), 'gap');
  assert.deepEqual(gap.json(), { reason: 'expired', requested: 'k7-1', earliest: 'k7-90' });
});

function storage() {
  const items = new Map();
  return { items, getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) };
}

/** The waits between attempts, which are cut short. */
function recordWaits(t) {
  const waits = [];
  const { setTimeout: real } = globalThis;
  t.mock.method(globalThis, 'setTimeout', (run, ms, ...rest) => {
    const isOwn = new Error().stack.includes('dist/stream.js');
    if (isOwn) {
      waits.push(ms);
    }
    return real(run, isOwn ? 0 : ms, ...rest);
  });
  return waits;
}

/** The window and the document that a page has and Node lacks. */
function pretend(t, document) {
  const surroundings = { window: new EventTarget(), document: Object.assign(new EventTarget(), document) };
  const { window } = surroundings;
  // As in a page, where the event bubbles.
  surroundings.document.addEventListener('visibilitychange', ({ type }) => window.dispatchEvent(new Event(type)));
  const stand = { addEventListener: window.addEventListener.bind(window), document: surroundings.document };
  Object.assign(globalThis, stand);
  t.after(() => Object.keys(stand).forEach((name) => delete globalThis[name]));
  return surroundings;
}
