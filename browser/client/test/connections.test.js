import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNoMoreThan, next, open, take } from './listening.js';
import { ScriptedServer, cutting, ending, status, streaming } from './scripted-server.js';

test('asks as the standard says', async (t) => {
  const server = await ScriptedServer.start(t, streaming());
  open(t, server.url());
  const { method, headers } = await server.requested(1);
  assert.equal(method, 'GET');
  assert.equal(headers.accept, 'text/event-stream');
  assert.equal(headers['cache-control'], 'no-cache');
  assert.equal(headers['last-event-id'], undefined);
});

for (const code of [204, 205, 400, 401, 403, 404, 410, 500, 502, 503]) {
  test(`${code} ends it after one request`, async (t) => {
    const server = await ScriptedServer.start(t, status(code, { 'retry-after': '0' }), streaming('data: no\n\n'));
    const source = open(t, server.url());
    const error = await next(source, 'error');
    assert.deepEqual([source.readyState, error.status], [2, code]);
    await assertNoMoreThan(server, 1);
  });
}

for (const [type, isStream] of [
  ['text/event-stream', true],
  ['Text/Event-Stream', true],
  ['text/event-stream;charset=utf-8', true],
  ['text/event-stream ; charset=windows-1252', true],
  ['text/event-streams', false],
  ['text/plain', false],
  ['application/json', false],
  ['', false],
]) {
  test(`200 with the type '${type}' is ${isStream ? 'a' : 'no'} stream`, async (t) => {
    const server = await ScriptedServer.start(t, (response) => {
      response.writeHead(200, type ? { 'content-type': type } : {}).write('data: é\n\n');
    });
    const source = open(t, server.url());
    if (isStream) {
      assert.equal((await next(source)).data, 'é');
    } else {
      assert.equal((await next(source, 'error')).status, 200);
      assert.equal(source.readyState, 2);
      await assertNoMoreThan(server, 1);
    }
  });
}

for (const code of [301, 302, 303, 307, 308]) {
  test(`${code} is followed, and the next attempt begins where the first did`, async (t) => {
    const server = await ScriptedServer.start(
      t,
      status(code, { location: '/elsewhere' }),
      ending('id: 1\ndata: a\n\n'),
      status(code, { location: '/further' }),
      streaming('id: 2\ndata: b\n\n'),
    );
    const source = open(t, server.url('/here'));
    assert.deepEqual(await take(source, 2), [['message', 'a', '1'], ['message', 'b', '2']]);
    assert.deepEqual(server.requests.map(({ url }) => url), ['/here', '/elsewhere', '/here', '/further']);
    assert.equal(server.requests[2].headers['last-event-id'], '1');
    assert.equal(source.url, server.url('/here'));
  });

  test(`${code} without a place to go ends it`, async (t) => {
    const server = await ScriptedServer.start(t, status(code));
    const source = open(t, server.url());
    assert.equal((await next(source, 'error')).status, code);
    assert.equal(source.readyState, 2);
  });
}

test('an event tells the origin that it came from, not the one that was asked', async (t) => {
  const target = await ScriptedServer.start(t, streaming('data: a\n\n'));
  const server = await ScriptedServer.start(t, status(307, { location: target.url() }));
  assert.equal((await next(open(t, server.url()))).origin, target.origin);
});

test('a lost connection is an error event with state CONNECTING, then open again', async (t) => {
  const server = await ScriptedServer.start(t, cutting(':\n'), streaming());
  const source = open(t, server.url());
  const states = [];
  source.onopen = source.onerror = ({ type }) => states.push([type, source.readyState]);
  await server.requested(2);
  await next(source, 'open');
  assert.deepEqual(states, [['open', 1], ['error', 0], ['open', 1]]);
});

test('a server that is not there is asked again', async (t) => {
  const server = await ScriptedServer.start(t, streaming());
  const url = server.url();
  await server.stop();
  const error = await next(open(t, url), 'error');
  assert.ok(error.cause instanceof TypeError);
});

test('close() frees the connection', async (t) => {
  let closed;
  const gone = new Promise((resolve) => (closed = resolve));
  const server = await ScriptedServer.start(t, (response) => {
    response.on('close', closed);
    streaming('data: a\n\n')(response);
  });
  const source = open(t, server.url());
  await next(source);
  source.close();
  await gone;
});
