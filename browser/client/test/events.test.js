import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, open, take } from './listening.js';
import { ScriptedServer, ending, status, streaming } from './scripted-server.js';

const numbered = (count) => Array.from({ length: count }, (_, i) => `data: ${i}\n\n`).join('');

test('an iterator has events of all types', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: a\n\nevent: paid\nid: 1\ndata: b\n\n'));
  assert.deepEqual(await take(open(t, server.url()), 2), [['message', 'a', ''], ['paid', 'b', '1']]);
});

test('several iterators have all events each', async (t) => {
  const server = await ScriptedServer.start(t, streaming(numbered(3)));
  const source = open(t, server.url());
  const [one, other] = await Promise.all([take(source, 3), take(source, 2)]);
  assert.deepEqual(one.slice(0, 2), other);
});

test('a slow reader slows the stream, to the event', async (t) => {
  const server = await ScriptedServer.start(t, streaming(numbered(100)));
  const source = open(t, server.url());
  let came = 0;
  source.addEventListener('message', () => came++);
  const events = source.events(3);
  for (let i = 0; i < 100; i++) {
    assert.equal((await events.next()).value.data, `${i}`);
    await new Promise(setImmediate);
    assert.ok(came <= i + 4, `${came} events came while ${i + 1} were read`);
  }
});

test('a slow reader slows the socket', async (t) => {
  const half = 4 << 20;
  let hasAllGone = false;
  const server = await ScriptedServer.start(t, (response) => {
    streaming(numbered(2))(response);
    for (let sent = 0; sent < half * 16; sent += half) {
      response.write(`data: ${'x'.repeat(half)}\n\n`);
    }
    response.once('drain', () => (hasAllGone = true));
  });
  const events = open(t, server.url()).events(1);
  for (let i = 0; i < 8; i++) {
    await events.next();
  }
  assert.equal(hasAllGone, false);
  for (let i = 0; i < 10; i++) {
    await events.next();
  }
});

test('leaving the loop frees the stream', async (t) => {
  const server = await ScriptedServer.start(t, streaming(numbered(10)));
  const source = open(t, server.url());
  for await (const event of source.events(1)) {
    assert.equal(event.data, '0');
    break;
  }
  assert.deepEqual((await take(source, 8)).map(([, data]) => data), ['2', '3', '4', '5', '6', '7', '8', '9']);
});

test('an iterator that is left before it was asked for anything holds nothing up', async (t) => {
  const server = await ScriptedServer.start(t, streaming(numbered(10)));
  const source = open(t, server.url());
  const events = source.events(1);
  assert.deepEqual(await events.return(), { done: true, value: undefined });
  assert.equal((await take(source, 10)).length, 10);
  assert.deepEqual(await events.next(), { done: true, value: undefined });
});

test('an iterator is left at once, while it waits for an event', async (t) => {
  const server = await ScriptedServer.start(t, streaming());
  const events = open(t, server.url()).events();
  const next = events.next();
  assert.deepEqual(await Promise.all([events.return(), next]), Array(2).fill({ done: true, value: undefined }));
});

test('close() ends the loop, after what waited', async (t) => {
  const server = await ScriptedServer.start(t, streaming(numbered(2)));
  const source = open(t, server.url());
  const events = source.events();
  source.onmessage = () => source.close();
  const seen = [];
  for await (const { data } of events) {
    seen.push(data);
  }
  assert.deepEqual(seen, ['0']);
  for await (const _ of source) {
    assert.fail('a closed source has no events');
  }
});

test('close() of a source that is closed and has been read since does nothing', async (t) => {
  const source = open(t, 'http://any.test/');
  source.close();
  const events = source.events();
  source.close();
  assert.equal((await events.next()).done, true);
});

test('a failure for good is thrown, a lost connection is not', async (t) => {
  const server = await ScriptedServer.start(t, ending('data: a\n\n'), ending('data: b\n\n'), status(410));
  const seen = [];
  await assert.rejects(async () => {
    for await (const { data } of open(t, server.url())) {
      seen.push(data);
    }
  }, /status: 410/);
  assert.deepEqual(seen, ['a', 'b']);
});

test('json() of what is no JSON is a SyntaxError', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: {\n\n'));
  const event = await next(open(t, server.url()));
  assert.throws(() => event.json(), SyntaxError);
});
