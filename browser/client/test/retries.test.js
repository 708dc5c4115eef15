import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, open } from './listening.js';
import { ScriptedServer, ending, fetchOf, silence, status, streaming } from './scripted-server.js';

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

test('Retry-After is the least wait, and not the same for all; a date that has passed is none', async (t) => {
  const past = new Date(0).toUTCString();
  const server = await ScriptedServer.start(t, status(503, { 'retry-after': '7' }), status(503, { 'retry-after': past }), streaming());
  const waits = recordWaits(t);
  open(t, server.url(), { retryOn: [503], retryMs: 10, minRetryMs: 0, random: () => 0.5 });
  await server.requested(3);
  assert.deepEqual(waits, [7005, 10]);
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

test('no wait at all is a short one', async (t) => {
  const server = await ScriptedServer.start(t, ending(), streaming());
  open(t, server.url(), { retryMs: 0, minRetryMs: 0 });
  await server.requested(2);
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
  const source = open(t, 'http://any.test/', { fetch: fetchOf(new TextEncoder().encode('retry: 99999999999999999999\n\n')) });
  await next(source, 'error');
  await new Promise(setImmediate);
  assert.deepEqual(waits, [86_400_000]);
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

test('stallMs beyond what a timer can hold is a day; 0 and less is never', async (t) => {
  for (const stallMs of [2 ** 31, Infinity, 0, -1]) {
    const server = await ScriptedServer.start(t, (response) => {
      streaming()(response);
      setTimeout(() => response.write('data: a\n\n'), 50);
    });
    const source = open(t, server.url(), { stallMs });
    source.onerror = ({ cause }) => assert.fail(cause.message);
    assert.equal((await next(source)).data, 'a');
  }
});

/** The waits between attempts, which are cut short. */
function recordWaits(t) {
  const waits = [];
  const { setTimeout: real } = globalThis;
  t.mock.method(globalThis, 'setTimeout', (run, ms, ...rest) => {
    const isOwn = new Error().stack.includes('/dist/');
    if (isOwn) {
      waits.push(ms);
    }
    return real(run, isOwn ? 0 : ms, ...rest);
  });
  return waits;
}
