import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, open } from './listening.js';
import { ScriptedServer, status, streaming } from './scripted-server.js';

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

test('a token that was renewed before a pause is renewed once more after it', async (t) => {
  const { document } = pretend(t, { hidden: false });
  const server = await ScriptedServer.start(t, status(401), status(401), streaming('data: b\n\n'));
  let renewed = 0;
  let source;
  await new Promise((resolve) => {
    const onUnauthorized = () => {
      document.hidden = renewed++ === 0;
      resolve();
    };
    source = open(t, server.url(), { pauseWhenHidden: true, onUnauthorized });
  });
  await new Promise(setImmediate);
  document.hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal((await next(source)).data, 'b');
  assert.equal(renewed, 2);
});

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
