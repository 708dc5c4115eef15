import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allOpen, dataOf, expectAll, publish, setUp, upTo } from './shared-tabs.js';
import { eventually } from './waiting.js';

test('eight tabs have one connection, and each event once', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(8).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  publish(server, 'a', 0, 20);
  await expectAll(tabs, upTo(20));
  assert.equal(server.streams.size, 1);
});

test('it looks like one of the platform', async (t) => {
  const { browser, server } = await setUp(t);
  const [{ source }, other] = [browser.open(server.url('a')), browser.open(server.url('a'))];
  const url = server.url('a');
  assert.deepEqual([source.url, source.withCredentials, source.readyState], [url, false, 0]);
  await allOpen([...browser.tabs]);
  const came = new Promise((resolve) => source.addEventListener('a', resolve));
  server.publish('a', '{"n":1}');
  const event = await came;
  assert.deepEqual([event.type, event.json(), event.lastEventId, event.origin], ['a', { n: 1 }, 'e-1', new URL(url).origin]);
  assert.equal(source.lastEventId, 'e-1');
  other.close();
});

test('a tab with another topic: the union is asked for, and nothing is lost or doubled', async (t) => {
  const { browser, server } = await setUp(t);
  const first = browser.open(server.url('a'));
  await allOpen([first]);
  publish(server, 'a', 0, 5);
  await expectAll([first], upTo(5));
  const second = browser.open(server.url('b', 'a'));
  publish(server, 'a', 5, 10);
  await allOpen([second]);
  publish(server, 'b', 10, 15);
  await expectAll([first], upTo(15));
  await eventually(() => dataOf(second).includes('14'));
  assert.deepEqual(dataOf(second).slice(-5), upTo(15).slice(10));
  await eventually(() => server.streams.size === 1);
  assert.deepEqual([...[...server.streams][0].topics].sort(), ['a', 'b']);
});

for (const tellsTopics of [false, true]) {
  test(`a tab with a new topic gets nothing that is older than the tab; events ${tellsTopics ? '' : 'do not '}tell their topics`, async (t) => {
    const { browser, server } = await setUp(t, { tellsTopics });
    const first = browser.open(server.url('a'));
    await allOpen([first]);
    publish(server, 'a', 0, 2);
    publish(server, 'b', 2, 50);
    await expectAll([first], upTo(2));
    const second = browser.open(server.url('b'));
    await allOpen([second]);
    await eventually(() => server.streams.size === 1);
    publish(server, 'b', 50, 55);
    publish(server, 'a', 55, 60);
    const all = upTo(60).slice(50);
    await eventually(() => dataOf(second).includes(tellsTopics ? '54' : '59'));
    assert.deepEqual(dataOf(second), tellsTopics ? all.slice(0, 5) : all);
    await eventually(() => dataOf(first).includes('59'));
    assert.deepEqual(dataOf(first).filter((data) => data < 2 || data >= 55), [...upTo(2), ...all.slice(5)]);
    assert.ok(!tellsTopics || !dataOf(first).includes('54'));
  });
}

test('events that tell their topics come only to the tabs that asked for them', async (t) => {
  const { browser, server } = await setUp(t, { tellsTopics: true });
  const selectors = ['orders/42', 'orders/{id}', 'orders/{+rest}', '*', 'a.b'];
  const tabs = selectors.map((selector) => browser.open(server.url(selector)));
  await allOpen(tabs);
  await eventually(() => server.streams.size === 1 && server.asked.length === 5, () => server.asked);
  ['orders/42', 'orders/7', 'orders/7/lines', 'other', 'a.b', 'aXb', '\u{1f600}\n'.trim()].forEach((topic) => server.publish(topic, topic));
  server.publish(undefined, 'to whom it may concern');
  await eventually(() => tabs.every(({ seen }) => seen.at(-1)?.[1] === 'to whom it may concern'));
  const [exact, segment, any, all, dotted] = tabs.map((tab) => dataOf(tab).slice(0, -1));
  assert.deepEqual(exact, ['orders/42']);
  assert.deepEqual(segment, ['orders/42', 'orders/7']);
  assert.deepEqual(any, ['orders/42', 'orders/7', 'orders/7/lines']);
  assert.equal(all.length, 7);
  assert.deepEqual(dotted, ['a.b']);
});

test('topics that nobody has any more are dropped in time', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(2).map(() => browser.open(server.url('a')));
  const gone = browser.open(server.url('gone'));
  await allOpen([...tabs, gone]);
  gone.crash();
  let laterMs = 0;
  const { now } = Date;
  t.mock.method(Date, 'now', () => now() + laterMs);
  // Two rounds suffice, if the leader asks in each; it may hear of two topics at once.
  for (const topic of ['b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    laterMs += 2000;
    browser.open(server.url(topic));
    await eventually(() => server.streams.size === 1 && server.asked.includes(topic), () => server.asked);
  }
  await eventually(() => [...server.streams].every(({ topics }) => !topics.includes('gone')));
});

test('a connection that is cut is the business of the leader alone', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(3).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  let errors = 0;
  tabs.forEach(({ source }) => (source.onerror = () => errors++));
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  server.cut();
  publish(server, 'a', 5, 10);
  await expectAll(tabs, upTo(10));
  assert.equal(errors, 3);
});

test('close() within a handler: nothing comes after it, and another leads', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(2).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  const { leader } = browser;
  const other = tabs.find((tab) => tab !== leader);
  leader.source.addEventListener('a', () => leader.close());
  publish(server, 'a', 0, 5);
  await expectAll([other], upTo(5));
  assert.deepEqual(dataOf(leader), ['0']);
});

test('close() in onopen: nothing comes after it, though an event opened it', async (t) => {
  const { browser, server } = await setUp(t);
  const leader = browser.open(server.url('a'));
  await allOpen([leader]);
  const [channel] = leader.channels;
  channel.onmessage = () => {}; // so that it does not answer, and the first that it says is an event
  const tab = browser.open(server.url('a'));
  let events = 0;
  tab.source.onopen = () => tab.close();
  tab.source.addEventListener('a', () => events++);
  publish(server, 'a', 0, 1);
  await eventually(() => tab.source.readyState === 2);
  assert.equal(events, 0);
});

test('a source that is made with a signal that was aborted is closed, and leads nobody', async (t) => {
  const { browser, server } = await setUp(t);
  const closed = browser.open(server.url('a'), { signal: AbortSignal.abort() });
  assert.equal(closed.source.readyState, 2);
  const other = browser.open(server.url('a'));
  await allOpen([other]);
  assert.equal(browser.leader, other);
});

test('an iterator with more events than may wait fails, after those that wait', async (t) => {
  const { browser, server } = await setUp(t);
  const tab = browser.open(server.url('a'));
  await allOpen([tab]);
  const events = tab.source.events(3);
  publish(server, 'a', 0, 10);
  await expectAll([tab], upTo(10));
  const read = [];
  await assert.rejects(async () => {
    for await (const { data } of events) {
      read.push(data);
    }
  }, /too many events wait/);
  assert.deepEqual(read, upTo(3));
});

test('a refusal for good ends all tabs', async (t) => {
  const { browser, server } = await setUp(t);
  const refuse = async () => new Response(null, { status: 403 });
  const tabs = upTo(3).map(() => browser.open(server.url('a'), { fetch: refuse }));
  const errors = await Promise.all(tabs.map(({ source }) => new Promise((resolve) => (source.onerror = resolve))));
  assert.deepEqual(errors.map(({ status }) => status), [403, 403, 403]);
  assert.ok(tabs.every(({ source }) => source.readyState === 2));
});

test('a topic that the server refuses ends the tab that has it, and no other', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(2).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  const { source } = browser.open(server.url('a', 'refused'));
  const { status } = await new Promise((resolve) => (source.onerror = resolve));
  assert.deepEqual([status, source.readyState], [400, 2]);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  assert.equal(server.opened, 1);
});

test('a page that is loaded again gets what came meanwhile', async (t) => {
  const { browser, server } = await setUp(t);
  const items = new Map();
  const store = { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) };
  const stays = browser.open(server.url('a'));
  const reloaded = browser.open(server.url('a'), { store });
  await allOpen([stays, reloaded]);
  publish(server, 'a', 0, 5);
  await expectAll([stays, reloaded], upTo(5));
  reloaded.crash();
  publish(server, 'a', 5, 10);
  await expectAll([stays], upTo(10));
  await expectAll([browser.open(server.url('a'), { store })], upTo(10).slice(5));
  publish(server, 'a', 10, 12);
  await expectAll([stays], upTo(12));
});

test('a tab that is far behind catches up by a stream of its own, and then shares', async (t) => {
  const { browser, server } = await setUp(t);
  publish(server, 'a', 0, 3000);
  const first = browser.open(server.url('a'));
  await allOpen([first]);
  publish(server, 'a', 3000, 3005);
  await expectAll([first], upTo(3005).slice(3000));
  const second = browser.open(server.url('a'), { lastEventId: 'e-10' });
  await expectAll([second], upTo(3005).slice(10));
  await eventually(() => server.streams.size === 1);
  publish(server, 'a', 3005, 3010);
  await expectAll([first], upTo(3010).slice(3000));
  await expectAll([second], upTo(3010).slice(10));
});

test('a tab that missed a message catches up', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(3).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  const deaf = tabs.find((tab) => tab !== browser.leader);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  const [channel] = deaf.channels;
  deaf.channels.delete(channel);
  publish(server, 'a', 5, 10);
  await expectAll(tabs.filter((tab) => tab !== deaf), upTo(10));
  deaf.channels.add(channel);
  publish(server, 'a', 10, 15);
  await expectAll(tabs, upTo(15));
  await eventually(() => server.streams.size === 1);
});

test('a gap is told to the leader and to all that follow, once', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(3).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  server.cut();
  publish(server, 'a', 5, 10);
  server.forget();
  publish(server, 'a', 10, 15);
  const gap = '{"reason":"expired","requested":"e-5","earliest":null}';
  await expectAll(tabs, [...upTo(5), gap, ...upTo(15).slice(10)]);
  assert.ok(tabs.every(({ seen }) => seen[5][0] === 'gap'));
  assert.equal(server.opened, 2);
});

test('a gap is told to a tab that catches up, also where it meets the leader at once', async (t) => {
  const { browser, server } = await setUp(t);
  const first = browser.open(server.url('a'));
  await allOpen([first]);
  publish(server, 'a', 0, 5);
  await expectAll([first], upTo(5));
  server.forget();
  const second = browser.open(server.url('a'), { lastEventId: 'e-2' });
  const gap = '{"reason":"expired","requested":"e-2","earliest":null}';
  await expectAll([second], [gap]);
  await eventually(() => server.streams.size === 1);
  publish(server, 'a', 5, 10);
  await expectAll([second], [gap, ...upTo(10).slice(5)]);
  await expectAll([first], upTo(10));
});
