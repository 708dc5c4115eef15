import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assertNoMoreThan, next, open } from './listening.js';
import { ScriptedServer, ending, silence, streaming } from './scripted-server.js';
import { EventSource, ServerSentEvent } from './subject.js';
import { eventually } from './waiting.js';

const fixture = (name) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

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

test('a listener that throws is reported, and the stream goes on', async (t) => {
  const server = await ScriptedServer.start(t, streaming('data: a\n\ndata: b\n\n'));
  const { stdout } = await promisify(execFile)(process.execPath, [fixture('throwing-listener.js'), server.url()]);
  assert.deepEqual(stdout.trim().split('\n'), ['reported: of a listener', 'b']);
  assert.equal(server.requests.length, 1);
});
