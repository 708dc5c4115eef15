import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogServer } from './log-server.js';
import { allOpen, dataOf, expectAll, publish, setUp, upTo } from './shared-tabs.js';
import { eventually } from './waiting.js';

/** Short, for tests in which a leader freezes. */
const IMPATIENT = { leaderTimeoutMs: 30 };

for (const how of ['close', 'crash']) {
  test(`the leader's ${how}: another goes on`, async (t) => {
    const { browser, server } = await setUp(t);
    const tabs = upTo(8).map(() => browser.open(server.url('a')));
    await allOpen(tabs);
    publish(server, 'a', 0, 10);
    await expectAll(tabs, upTo(10));
    const gone = browser.leader;
    gone[how]();
    publish(server, 'a', 10, 20);
    const others = tabs.filter((tab) => tab !== gone);
    await expectAll(others, upTo(20));
    await eventually(() => server.streams.size === 1);
    assert.equal(server.opened, 2, 'who missed nothing needs no stream of its own');
    assert.deepEqual(dataOf(gone), upTo(10));
    assert.ok(others.every(({ source }) => source.readyState === 1));
  });
}

test('a leader that dies with an event that it told nobody', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(3).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  const gone = browser.leader;
  gone.mute();
  publish(server, 'a', 0, 5);
  await expectAll([gone], upTo(5));
  gone.crash();
  await expectAll(tabs.filter((tab) => tab !== gone), upTo(5));
});

test('a leader that told only some: the next one is behind the others, or ahead', async (t) => {
  for (const successorIsAhead of [false, true]) {
    const { browser, server } = await setUp(t);
    const tabs = upTo(3).map(() => browser.open(server.url('a')));
    await allOpen(tabs);
    const [successor, other] = tabs.filter((tab) => tab !== browser.leader);
    const behind = successorIsAhead ? other : successor;
    const [channel] = behind.channels;
    behind.channels.delete(channel);
    publish(server, 'a', 0, 5);
    await expectAll(tabs.filter((tab) => tab !== behind), upTo(5));
    behind.channels.add(channel);
    const gone = browser.leader;
    gone.crash();
    publish(server, 'a', 5, 10);
    await expectAll([successor, other], upTo(10));
  }
});

test('a frozen leader is replaced; thawed, it follows, and has missed nothing', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(3).map(() => browser.open(server.url('a'), IMPATIENT));
  await allOpen(tabs);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  const frozen = browser.leader;
  frozen.freeze();
  publish(server, 'a', 5, 10);
  await expectAll(tabs.filter((tab) => tab !== frozen), upTo(10));
  frozen.thaw();
  publish(server, 'a', 10, 15);
  await expectAll(tabs, upTo(15));
  await eventually(() => server.streams.size === 1);
});

test('a leader that begins without an id: who was here before misses nothing', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(2).map(() => browser.open(server.url('a'), { leaderTimeoutMs: 600_000 }));
  await allOpen(tabs);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  const frozen = browser.leader;
  frozen.freeze();
  publish(server, 'a', 5, 10);
  const thief = browser.open(server.url('a'), IMPATIENT);
  await allOpen([thief]);
  assert.equal(browser.leader, thief);
  publish(server, 'a', 10, 15);
  await expectAll(tabs.filter((tab) => tab !== frozen), upTo(15));
  await expectAll([thief], upTo(15).slice(10));
});

test('a leader does not listen to one that was robbed of the lock, and speaks on', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(2).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  const [channel] = tabs.find((tab) => tab !== browser.leader).channels;
  channel.postMessage([['a'], 'e-5', { type: 'a', data: 'of the other', lastEventId: 'e-9', origin: '', topics: [] }, 1]);
  await new Promise((resolve) => setTimeout(resolve));
  server.cut();
  publish(server, 'a', 5, 10);
  await expectAll(tabs, upTo(10));
});

test('a leader with nothing to say answers when asked, and stays', async (t) => {
  const { browser, server } = await setUp(t);
  const tabs = upTo(3).map(() => browser.open(server.url('a'), { leaderTimeoutMs: 150 }));
  await allOpen(tabs);
  const { leader } = browser;
  let asked = 0;
  const [channel] = leader.channels;
  const { onmessage } = channel;
  channel.onmessage = (message) => {
    asked += message.data.length === 0 ? 1 : 0;
    onmessage(message);
  };
  await eventually(() => asked > 5);
  assert.equal(browser.leader, leader);
  assert.ok(tabs.every(({ source }) => source.readyState === 1));
});

test('where locks are refused, as to a frame of a sandbox, each has a connection of its own', async (t) => {
  const { browser, server } = await setUp(t);
  browser.request = async () => {
    throw new DOMException('of a sandbox', 'SecurityError');
  };
  const tabs = upTo(2).map(() => browser.open(server.url('a')));
  await allOpen(tabs);
  publish(server, 'a', 0, 5);
  await expectAll(tabs, upTo(5));
  assert.equal(server.streams.size, 2);
});

test('without locks each has a connection of its own', async (t) => {
  const server = await LogServer.start(t);
  const { SharedEventSource } = await import('./subject.js');
  const sources = upTo(2).map(() => new SharedEventSource(server.url('a'), { retryMs: 10 }));
  t.after(() => sources.forEach((source) => source.close()));
  await eventually(() => sources.every(({ readyState }) => readyState === 1));
  assert.equal(server.streams.size, 2);
  const came = Promise.all(sources.map((source) => new Promise((resolve) => source.addEventListener('a', resolve))));
  server.publish('a', 'x');
  assert.deepEqual((await came).map(({ data }) => data), ['x', 'x']);
});
