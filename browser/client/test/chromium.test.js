import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PageServer, launchChromium, processOf } from './chromium.js';
import { Hub } from './hub.js';
import { eventually } from './waiting.js';

const upTo = (count) => Array.from({ length: count }, (_, i) => `${i}`);
let onHold;
let pages;
let hub;
let browser;

before(async () => {
  pages = await PageServer.start({
    '/': 'pages/index.html',
    '/worker.js': 'pages/worker.js',
    '/shared-worker.js': 'pages/shared-worker.js',
    '/example': '../example/index.html',
    '/framed': 'pages/framed.html',
    '/stream': (request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' });
      response.write('data: 0\n\n');
    },
    '/hold': (request, response) => onHold(response),
  });
  hub = await Hub.start(`cors.origins=${pages.origin}`, 'stream.retry=100ms', 'stream.topics=true');
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await hub?.stop();
  pages.stop();
});

for (const [how, ending] of Object.entries({ 'is closed': closing, crashes: crashing, 'loses its process': killing })) {
  test(`eight tabs have one connection; the leader ${how}; each event comes once to each tab`, async (t) => {
    const topic = `tabs-${how.replaceAll(' ', '-')}`;
    const tabs = await openTabs(t, 8);
    await Promise.all(tabs.map((tab) => share(tab, topic)));
    assert.equal(hub.streams, 1);
    await publish(topic, 0, 50);
    await expectAll(tabs, upTo(50));
    assert.equal(hub.streams, 1);

    const gone = await leaderOf(tabs);
    const end = await ending(gone);
    const publishing = publish(topic, 50, 150);
    await end();
    await publishing;
    const others = tabs.filter((tab) => tab !== gone);
    await publish(topic, 150, 200);
    await expectAll(others, upTo(200));
    await eventually(() => hub.streams === 1, () => hub.streams);
    assert.ok(await leaderOf(others));
  });
}

for (const [how, stop] of Object.entries({ 'is frozen': freeze, hangs: hang })) {
  test(`the leader ${how}: another takes over; when it goes on, it has missed nothing`, async (t) => {
    const topic = how.replace(' ', '-');
    const tabs = await openTabs(t, 3);
    await Promise.all(tabs.map((tab) => share(tab, topic, { leaderTimeoutMs: 200 })));
    await publish(topic, 0, 10);
    await expectAll(tabs, upTo(10));
    const stopped = await leaderOf(tabs);
    const others = tabs.filter((tab) => tab !== stopped);
    const goOn = await stop(stopped);
    await publish(topic, 10, 20);
    await expectAll(others, upTo(20));
    assert.ok(await leaderOf(others));
    await goOn();
    await publish(topic, 20, 30);
    await expectAll(tabs, upTo(30));
    await eventually(() => hub.streams === 1, () => hub.streams);
  });
}

test('tabs with topics of their own get their events alone, also when the connection is cut', async (t) => {
  const [one, both, pattern] = await openTabs(t, 3);
  await publish('right', 100, 110);
  await share(one, 'left');
  await publish('left', 0, 5);
  await expectAll([one], upTo(5));
  await publish('right', 110, 120);
  await both.evaluate((url) => share(url), hub.url('/events?topic=left&topic=right'));
  await pattern.evaluate((url) => share(url), hub.url(`/events?topic=${encodeURIComponent('ri{x}')}`));
  await Promise.all([isOpen(both), isOpen(pattern)]);
  await eventually(() => hub.streams === 1, () => hub.streams);
  await publish('right', 5, 10);
  hub.cut();
  await publish('left', 10, 15);
  await expectAll([one], [...upTo(5), ...upTo(15).slice(10)]);
  await expectAll([both], upTo(15).slice(5));
  await expectAll([pattern], upTo(10).slice(5));
  await eventually(() => hub.streams === 1, () => hub.streams);
});

for (const kind of ['Worker', 'SharedWorker']) {
  test(`a ${kind} shares the connection too`, async (t) => {
    const [page, other] = await openTabs(t, 2);
    await share(page, kind);
    await other.evaluate(([kindOfIt, url]) => openInWorker(kindOfIt, url), [kind, hub.url(`/events?topic=${kind}`)]);
    await eventually(() => other.evaluate(() => seen[0] === 'open'));
    await publish(kind, 0, 5);
    await expectAll([page], upTo(5));
    await expectAll([other], ['open', ...upTo(5)]);
    assert.equal(hub.streams, 1);
  });
}

test('a frame of a sandbox, which gets no locks, has a connection of its own', async (t) => {
  const [page] = await openTabs(t, 1);
  await page.evaluate(() => {
    addEventListener('message', ({ data }) => seen.push(data));
    document.body.append(Object.assign(document.createElement('iframe'), { sandbox: 'allow-scripts', src: '/framed' }));
  });
  await expectAll([page], upTo(1));
});

test('a page that is loaded again goes on where it was', async (t) => {
  const [page] = await openTabs(t, 1);
  const openOwn = () => page.evaluate((url) => window.openOwn(url, { store: sessionStorage }), hub.url('/events/stored'));
  await openOwn();
  await isOpen(page);
  await publish('stored', 0, 5);
  await expectAll([page], upTo(5));
  await page.reload();
  await publish('stored', 5, 10);
  await page.waitForFunction(() => window.isReady);
  await openOwn();
  await expectAll([page], upTo(10).slice(5));
});

test("the platform's own EventSource, when asked", async (t) => {
  const [page] = await openTabs(t, 1);
  await page.evaluate((url) => {
    openOwn(url, { native: true });
    source.addEventListener('paid', ({ type, data, lastEventId }) => seen.push([type, data, lastEventId === source.lastEventId]));
  }, hub.url('/events/native'));
  await isOpen(page);
  await publish('native?type=paid', 0, 1);
  await publish('native', 1, 2);
  await expectAll([page], [['paid', '0', true], '1']);
  hub.cut();
  await publish('native', 2, 3);
  await expectAll([page], [['paid', '0', true], '1', '2']);
});

test("the platform's own EventSource, when it ends for good", async (t) => {
  const [page] = await openTabs(t, 1);
  const how = await page.evaluate(async (url) => {
    openOwn(url, { native: true });
    const error = new Promise((resolve) => source.addEventListener('error', resolve));
    try {
      for await (const event of source) {
        return event.data;
      }
    } catch {
      await error;
      return source.readyState;
    }
  }, hub.url('/nowhere'));
  assert.equal(how, 2);
});

test('the example', async (t) => {
  const [page] = await openTabs(t, 1);
  await page.goto(`${pages.origin}/example?hub=${hub.url('')}`);
  await page.waitForFunction(() => document.getElementById('state').textContent === 'open');
  await page.fill('#data', 'Hello, tabs');
  await page.click('button');
  await page.waitForFunction(() => document.querySelector('#events li')?.textContent === 'Hello, tabs');
});

async function openTabs(t, count) {
  const context = await browser.newContext();
  t.after(() => context.close());
  return Promise.all(
    upTo(count).map(async () => {
      const page = await context.newPage();
      page.on('pageerror', (error) => t.diagnostic(`${error}`));
      await page.goto(pages.origin);
      await page.waitForFunction(() => window.isReady);
      return page;
    }),
  );
}

async function share(page, topic, options = {}) {
  await page.evaluate(([url, given]) => window.share(url, given), [hub.url(`/events?topic=${topic}`), options]);
  await isOpen(page);
}

function isOpen(page) {
  return page.waitForFunction(() => source.readyState === 1);
}

/** Between the theft of a lock and the moment when its robber knows, nobody leads. */
async function leaderOf(tabs) {
  let leaders = [];
  await eventually(
    async () => (leaders = await leadersAmong(tabs)).length === 1,
    () => `${leaders.length} leaders`,
  );
  return leaders[0];
}

async function leadersAmong(tabs) {
  const answers = await Promise.all(tabs.map((tab) => tab.evaluate(() => isLeader())));
  return tabs.filter((_, i) => answers[i]);
}

async function closing(page) {
  return () => page.close();
}

async function crashing(page) {
  const devTools = await page.context().newCDPSession(page);
  return async () => {
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    devTools.send('Page.crash').catch(() => {});
    await crashed;
  };
}

async function killing(page) {
  const id = await processOf(page);
  return async () => {
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    process.kill(id, 'SIGKILL');
    await crashed;
  };
}

/** Stops the page's process, as systems do with those that nobody looks at; returns what lets it go on. */
async function freeze(page) {
  const id = await processOf(page);
  process.kill(id, 'SIGSTOP');
  return () => process.kill(id, 'SIGCONT');
}

/** Stops the page's thread, as it waits for an answer that does not come; returns what lets it go on. */
async function hang(page) {
  const asked = new Promise((resolve) => (onHold = resolve));
  await page.evaluate(() => {
    setTimeout(() => {
      const request = new XMLHttpRequest();
      request.open('GET', '/hold', false);
      request.send();
    });
  });
  const response = await asked;
  return () => response.end();
}

async function publish(topic, from, to) {
  for (let i = from; i < to; i++) {
    await hub.publish(topic, `${i}`);
  }
}

async function expectAll(tabs, expected) {
  for (const tab of tabs) {
    await eventually(() => tab.evaluate((count) => seen.length >= count, expected.length));
    assert.deepEqual(await tab.evaluate(() => seen), expected);
  }
}
