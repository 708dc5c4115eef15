import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EventSource, ServerSentEvent } from '../dist/index.js';
import { next, open, take } from './listening.js';
import { ScriptedServer, cutting, ending, fetchOf, silence, status, streaming } from './scripted-server.js';
import { eventually } from './waiting.js';

const vectors = JSON.parse(readFileSync(new URL('event-stream.json', import.meta.url), 'utf8'));
const fixture = (name) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const bytes = (text) => new TextEncoder().encode(text);

for (const { name, chunks_hex: hex, events } of vectors) {
  test(`vector: ${name}`, async (t) => {
    const chunks = hex.map((chunk) => new Uint8Array(Buffer.from(chunk, 'hex')));
    const source = open(t, 'http://any.test/', { fetch: fetchOf(...chunks), maxRetryMs: 10 });
    if (name.startsWith('retry huge')) {
      assert.deepEqual(await take(source, 1), events);
    } else if (name.startsWith('retry')) {
      await next(source, 'error');
    } else {
      await assert.rejects(async () => {
        for await (const { type, data, lastEventId } of source.events(Infinity)) {
          assert.deepEqual([type, data, lastEventId], events.shift());
        }
      }, /status: 204/);
      assert.deepEqual(events, []);
    }
  });
}

const shapes = {
  'one line': [['data: a'], 'a'],
  'two lines': [['data: a', 'data: b'], 'a\nb'],
  'empty first line': [['data:', 'data: b'], '\nb'],
  'empty middle line': [['data: a', 'data', 'data: c'], 'a\n\nc'],
  'extra blank lines': [['', '', 'data: a', '', '', ''], 'a'],
};
for (const [endName, end] of Object.entries({ LF: '\n', CR: '\r', CRLF: '\r\n' })) {
  for (const [shape, [lines, data]] of Object.entries(shapes)) {
    for (const size of [Infinity, 1, 2]) {
      test(`${shape}, ${endName}, ${size} bytes at a time`, async (t) => {
        const whole = bytes([...lines, '', ...lines, '', ''].join(end));
        const step = Math.min(size, whole.length);
        const chunks = [];
        for (let i = 0; i < whole.length; i += step) {
          chunks.push(whole.subarray(i, i + step));
        }
        const source = open(t, 'http://any.test/', { fetch: fetchOf(...chunks) });
        assert.deepEqual(await take(source, 2), Array(2).fill(['message', data, '']));
      });
    }
  }
}

test('is what it says: names, states, handlers, events', async (t) => {
  const server = await ScriptedServer.start(t, streaming('id: 7\nevent: paid\ndata: {"total":12.5}\n\ndata: plain\n\n'));
  const source = open(t, new URL(server.url('/events?topic=a')));
  assert.deepEqual([EventSource.CONNECTING, EventSource.OPEN, EventSource.CLOSED], [0, 1, 2]);
  assert.deepEqual([source.CONNECTING, source.OPEN, source.CLOSED], [0, 1, 2]);
  assert.deepEqual([source.url, source.withCredentials, source.readyState], [server.url('/events?topic=a'), false, 0]);
  assert.deepEqual([source.onopen, source.onmessage, source.onerror], [null, null, null]);

  const opened = new Promise((resolve) => (source.onopen = resolve));
  const plain = new Promise((resolve) => (source.onmessage = resolve));
  const paid = next(source, 'paid');
  assert.equal((await opened).type, 'open');
  assert.equal(source.readyState, 1);
  const event = await paid;
  assert.ok(event instanceof MessageEvent && event instanceof ServerSentEvent);
  assert.deepEqual([event.type, event.data, event.lastEventId, event.origin], ['paid', '{"total":12.5}', '7', server.origin]);
  assert.equal(event.json().total, 12.5);
  assert.equal((await plain).lastEventId, '7');
});

test('what comes after close() is no news, though fetch cannot be aborted', async (t) => {
  let answer;
  const source = open(t, 'http://any.test/', { fetch: () => new Promise((resolve) => (answer = resolve)) });
  await eventually(() => answer);
  source.onopen = source.onerror = source.onmessage = ({ type }) => assert.fail(type);
  source.close();
  answer(new Response('id: 1\ndata: a\n\n', { headers: { 'content-type': 'text/event-stream' } }));
  await new Promise(setImmediate);
  assert.deepEqual([source.readyState, source.lastEventId], [2, '']);
});

test('a handler that is replaced keeps its place; one that is null is silent', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: a\n\n'));
  const source = open(t, server.url());
  const calls = [];
  source.onmessage = () => calls.push('first');
  source.addEventListener('message', () => calls.push('second'));
  source.onmessage = () => calls.push('replaced');
  source.onopen = () => calls.push('never');
  source.onopen = null;
  await next(source);
  assert.deepEqual(calls, ['replaced', 'second']);
});

test('a URL that cannot be read is a SyntaxError', () => {
  assert.throws(() => new EventSource('http://[', {}), { name: 'SyntaxError' });
  assert.throws(() => new EventSource('/relative/without/a/page'), { name: 'SyntaxError' });
});

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

test('100 messages come in order', async (t) => {
  const text = Array.from({ length: 100 }, (_, i) => `id: ${i}\ndata: ${i}\n\n`).join('');
  const server = await ScriptedServer.start(t, streaming(text));
  const expected = Array.from({ length: 100 }, (_, i) => ['message', `${i}`, `${i}`]);
  assert.deepEqual(await take(open(t, server.url()), 100), expected);
});

for (const megabytes of [5, 10]) {
  test(`a message of ${megabytes} MB`, async (t) => {
    const data = 'é'.repeat((megabytes << 20) / 2);
    const server = await ScriptedServer.start(t, streaming(`data: ${data}\n\n`));
    assert.ok((await next(open(t, server.url()))).data === data);
  });
}

test('characters of several bytes, one byte at a time', async (t) => {
  const text = 'é豆😀\ufeffe\u0301';
  const chunks = [...bytes(`\ufeffevent: ${text}\nid: ${text}\ndata: ${text}\n\n`)].map((byte) => Uint8Array.of(byte));
  const source = open(t, 'http://any.test/', { fetch: fetchOf(...chunks) });
  assert.deepEqual(await take(source, 1), [[text, text, text]]);
});

test('the last id is sent as UTF-8 when it connects again; not after an empty one', async (t) => {
  const server = await ScriptedServer.start(
    t,
    ending('id: …é\ndata: a\n\n'),
    ending('data: b\n\n'),
    ending('id:\ndata: c\n\n'),
    streaming('data: d\n\n'),
  );
  const source = open(t, server.url());
  assert.deepEqual(await take(source, 4), [
    ['message', 'a', '…é'],
    ['message', 'b', '…é'],
    ['message', 'c', ''],
    ['message', 'd', ''],
  ]);
  const sent = server.requests.map(({ headers }) => headers['last-event-id']);
  assert.deepEqual(
    sent.map((id) => id && Buffer.from(id, 'latin1').toString()),
    [undefined, '…é', '…é', undefined],
  );
});

test('a block with nothing but an id moves the last id, and is no event', async (t) => {
  const server = await ScriptedServer.start(t, ending(':\nretry: 20\nid: k7-1\n\n'), streaming('data: a\n\n'));
  const source = open(t, server.url());
  assert.deepEqual(await take(source, 1), [['message', 'a', 'k7-1']]);
  assert.equal(server.requests[1].headers['last-event-id'], 'k7-1');
  assert.equal(source.lastEventId, 'k7-1');
});

test('a message that is cut is dropped, and its id with it', async (t) => {
  const server = await ScriptedServer.start(
    t,
    ending('id: 1\ndata: whole\n\nid: 2\ndata: cut\n'),
    streaming('id: 2\ndata: whole again\n\n'),
  );
  const source = open(t, server.url());
  assert.deepEqual(await take(source, 2), [['message', 'whole', '1'], ['message', 'whole again', '2']]);
  assert.equal(server.requests[1].headers['last-event-id'], '1');
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

test('close() within a handler: nothing comes after it', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: a\n\ndata: b\n\nevent: c\ndata: c\n\n'));
  const source = open(t, server.url());
  const seen = [];
  source.addEventListener('c', () => seen.push('c'));
  source.onerror = () => seen.push('error');
  await new Promise((resolve) => {
    source.onmessage = ({ data }) => {
      seen.push(data);
      source.close();
      resolve();
    };
  });
  assert.equal(source.readyState, 2);
  await assertNoMoreThan(server, 1);
  assert.deepEqual(seen, ['a']);
});

for (const when of ['at once', 'while it waits for an answer', 'when it has opened', 'while it waits to connect again']) {
  test(`close() ${when} is the end`, async (t) => {
    const step = { 'while it waits for an answer': silence, 'while it waits to connect again': ending() }[when] ?? streaming();
    const server = await ScriptedServer.start(t, step);
    const source = open(t, server.url(), { retryMs: 20, minRetryMs: 20 });
    let errors = 0;
    source.onerror = () => errors++;
    if (when === 'when it has opened') {
      await next(source, 'open');
    } else if (when === 'while it waits to connect again') {
      await next(source, 'error');
    } else if (when !== 'at once') {
      await server.requested(1);
    }
    source.close();
    await assertNoMoreThan(server, when === 'at once' ? 0 : 1);
    assert.deepEqual([source.readyState, errors], [2, when === 'while it waits to connect again' ? 1 : 0]);
  });
}

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

test('a listener that throws is reported, and the stream goes on', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: a\n\ndata: b\n\n'));
  const { stdout } = await promisify(execFile)(process.execPath, [fixture('throwing-listener.js'), server.url()]);
  assert.deepEqual(stdout.trim().split('\n'), ['reported: of a listener', 'b']);
  assert.equal(server.requests.length, 1);
});

test('retry: 0 and streams that end at once do not spin', async (t) => {
  const server = await ScriptedServer.start(t, ending('retry: 0\n\n'));
  open(t, server.url(), { minRetryMs: undefined });
  await server.requested(4);
  const times = server.requests.map(({ atMs }) => atMs);
  assert.ok(times[1] - times[0] >= 95, `${times}`);
  assert.ok(times[3] - times[0] >= 3 * 95, `${times}`);
});

test('a retry of 20 digits is a day', async (t) => {
  const waits = [];
  t.mock.method(globalThis, 'setTimeout', (_, ms) => waits.push(ms));
  const source = open(t, 'http://any.test/', { fetch: fetchOf(bytes('retry: 99999999999999999999\n\n')) });
  await next(source, 'error');
  await new Promise(setImmediate);
  assert.deepEqual(waits, [86_400_000]);
});

/** No further request comes while another source, whose waits are the same, connects four times. */
async function assertNoMoreThan(server, count) {
  const other = createServer((_, response) => ending()(response));
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  const source = open({ after() {} }, `http://127.0.0.1:${other.address().port}/`, { retryMs: 20, minRetryMs: 20 });
  for (let i = 0; i < 4; i++) {
    await next(source, 'error');
  }
  source.close();
  other.close();
  assert.equal(server.requests.length, count);
}
