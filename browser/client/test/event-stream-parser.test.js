import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventStreamParser } from '../dist/event-stream-parser.js';

const ORIGIN = 'http://any.test';
const vectors = JSON.parse(readFileSync(new URL('event-stream.json', import.meta.url), 'utf8'));

function parse(chunks) {
  const seen = { events: [], lastEventId: '', retry: null };
  const parse = eventStreamParser(ORIGIN, (retryMs) => (seen.retry = retryMs));
  for (const chunk of chunks) {
    for (const { type, data, lastEventId = seen.lastEventId } of parse(chunk)) {
      seen.lastEventId = lastEventId;
      if (data !== undefined) {
        seen.events.push([type, data, lastEventId]);
      }
    }
  }
  return seen;
}

function cut(bytes, size) {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

test('there are as many vectors as in codec', () => assert.equal(vectors.length, 88));

for (const { name, chunks_hex: hex, events, lastEventId, retry } of vectors) {
  test(`vector: ${name}`, () => {
    const chunks = hex.map((chunk) => Buffer.from(chunk, 'hex'));
    const whole = Buffer.concat(chunks);
    const expected = { events, lastEventId, retry: retry === null ? null : Number(retry) };
    assert.deepEqual(parse(chunks), expected);
    assert.deepEqual(parse([whole]), expected);
    assert.deepEqual(parse(cut(whole, 1)), expected);
    assert.deepEqual(parse(cut(whole, 2)), expected);
  });
}

test('a block tells the id that it brings itself, and no other', () => {
  const parse = eventStreamParser(ORIGIN, () => {});
  const blocks = [...parse(Buffer.from('data: a\n\nid: 7\ndata: b\n\ndata: c\n\nid\n\n'))];
  assert.deepEqual(blocks[0], { type: 'message', data: 'a', lastEventId: undefined, origin: ORIGIN, topics: [] });
  assert.deepEqual(blocks.map(({ data, lastEventId }) => [data, lastEventId]), [['a', undefined], ['b', '7'], ['c', undefined], [undefined, '']]);
});

test('topics are told with the event that they stand in', () => {
  const parse = eventStreamParser(ORIGIN, () => {});
  const blocks = [...parse(Buffer.from('topic: orders/42\ntopic:é\ndata: a\n\ntopic: lost\n\ndata: b\n\n'))];
  assert.deepEqual(blocks.map(({ data, topics }) => [data, topics]), [['a', ['orders/42', 'é']], ['b', []]]);
});

test('fields of other names count for nothing, whatever objects call their members', () => {
  const parse = eventStreamParser(ORIGIN, () => {});
  const blocks = [...parse(Buffer.from('constructor: a\n__proto__: b\ndatax: c\ndata x\n: d\n\ndata: e\n\n'))];
  assert.deepEqual(blocks.map(({ data }) => data), ['e']);
});

for (const megabytes of [5, 10]) {
  for (const size of [65_536, 7]) {
    test(`${megabytes} MB in one line, ${size} bytes at a time`, () => {
      const data = 'é'.repeat((megabytes << 20) / 2);
      const { events } = parse(cut(Buffer.from(`data: ${data}\n\n`), size));
      assert.equal(events.length, 1);
      assert.ok(events[0][1] === data);
    });
  }
}

test('5 MB byte by byte, and 5 MB in short lines', () => {
  const data = 'x'.repeat(5 << 20);
  assert.ok(parse(cut(Buffer.from(`data: ${data}\n\n`), 1)).events[0][1] === data);
  const lines = 'data: y\n'.repeat((5 << 20) / 8);
  assert.equal(parse(cut(Buffer.from(`${lines}\n`), 65_536)).events[0][1].length, 2 * ((5 << 20) / 8) - 1);
});

test('ten times the bytes take about ten times as long', () => {
  const timeMs = (bytes) => {
    const began = performance.now();
    parse(cut(Buffer.from(`data: ${'z'.repeat(bytes)}\n\n`), 64));
    return performance.now() - began;
  };
  timeMs(1 << 20);
  const short = Math.min(timeMs(1 << 20), timeMs(1 << 20), timeMs(1 << 20));
  const long = Math.min(timeMs(10 << 20), timeMs(10 << 20));
  assert.ok(long < 40 * short, `1 MiB: ${short} ms, 10 MiB: ${long} ms`);
});
