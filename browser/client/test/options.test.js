import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, open, take } from './listening.js';
import { ScriptedServer, ending, status, streaming } from './scripted-server.js';

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

test('an AbortSignal closes it', async (t) => {
  const server = await ScriptedServer.start(t, streaming());
  const stop = new AbortController();
  const source = open(t, server.url(), { signal: stop.signal });
  await next(source, 'open');
  stop.abort();
  assert.equal(source.readyState, 2);
  assert.equal(open(t, server.url(), { signal: stop.signal }).readyState, 2);
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
