import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { next, open, take } from './listening.js';
import { ScriptedServer, ending, fetchOf, streaming } from './scripted-server.js';

const vectors = JSON.parse(readFileSync(new URL('event-stream.json', import.meta.url), 'utf8'));
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
