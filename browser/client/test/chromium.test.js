import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Hub } from './hub.js';
import { eventually } from './waiting.js';

const FILES = { '/': 'pages/index.html', '/worker.js': 'pages/worker.js', '/example': '../example/index.html' };
const TYPES = { html: 'text/html', js: 'text/javascript' };
const pages = createServer((request, response) => void servePage(request.url.split('?')[0], response));
const upTo = (count) => Array.from({ length: count }, (_, i) => `${i}`);
let onHold;
let hub;
let browser;

before(async () => {
  await new Promise((resolve) => pages.listen(0, '127.0.0.1', resolve));
  hub = await Hub.start(`cors.origins=${pageUrl()}`, 'stream.retry=100ms');
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  await hub?.stop();
  pages.close();
});

for (const [how, end] of Object.entries({ 'is closed': (page) => page.close(), crashes: crash })) {
  test(`eight tabs have one connection; the leader ${how}; each event comes once to each tab`, async (t) => {
    const topic = `tabs-${how.replace(' ', '-')}`;
    const tabs = await openTabs(t, 8);
    await Promise.all(tabs.map((tab) => share(tab, topic)));
    assert.equal(hub.streams, 1);
    await publish(topic, 0, 50);
    await expectAll(tabs, upTo(50));
    assert.equal(hub.streams, 1);

    const gone = await leaderOf(tabs);
    const publishing = publish(topic, 50, 150);
    await end(gone);
    await publishing;
    const others = tabs.filter((tab) => tab !== gone);
    await publish(topic, 150, 200);
    await expectAll(others, upTo(200));
    await eventually(() => hub.streams === 1, () => hub.streams);
    assert.ok(await leaderOf(others));
  });
}

test('the leader is frozen: another takes over; thawed, it has missed nothing', async (t) => {
  const tabs = await openTabs(t, 3);
  await Promise.all(tabs.map((tab) => share(tab, 'frozen', { leaderTimeoutMs: 200 })));
  await publish('frozen', 0, 10);
  await expectAll(tabs, upTo(10));
  const frozen = await leaderOf(tabs);
  const others = tabs.filter((tab) => tab !== frozen);
  const thaw = await freeze(frozen);
  await publish('frozen', 10, 20);
  await expectAll(others, upTo(20));
  assert.ok(await leaderOf(others));
  thaw();
  await publish('frozen', 20, 30);
  await expectAll(tabs, upTo(30));
  await eventually(() => hub.streams === 1, () => hub.streams);
});

test('tabs with topics of their own, and a connection that is cut', async (t) => {
  const [one, both] = await openTabs(t, 2);
  await share(one, 'left');
  await publish('left', 0, 5);
  await expectAll([one], upTo(5));
  await both.evaluate((url) => share(url), hub.url('/events?topic=left&topic=right'));
  await isOpen(both);
  await publish('right', 5, 10);
  hub.cut();
  await publish('left', 10, 15);
  await expectAll([one], upTo(15));
  await eventually(() => both.evaluate(() => seen.at(-1) === '14'));
  assert.deepEqual((await both.evaluate(() => seen)).slice(-10), upTo(15).slice(5));
  await eventually(() => hub.streams === 1, () => hub.streams);
});

test('workers share the connection too', async (t) => {
  const [page, other] = await openTabs(t, 2);
  await share(page, 'work');
  await other.evaluate((url) => openInWorker(url), hub.url('/events?topic=work'));
  await eventually(() => other.evaluate(() => seen[0] === 'open'));
  await publish('work', 0, 5);
  await expectAll([page], upTo(5));
  await expectAll([other], ['open', ...upTo(5)]);
  assert.equal(hub.streams, 1);
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

test('the example', async (t) => {
  const [page] = await openTabs(t, 1);
  await page.goto(`${pageUrl()}/example?hub=${hub.url('')}`);
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
      await page.goto(pageUrl());
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

async function leaderOf(tabs) {
  const leaders = await leadersAmong(tabs);
  assert.equal(leaders.length, 1);
  return leaders[0];
}

async function leadersAmong(tabs) {
  const answers = await Promise.all(tabs.map((tab) => tab.evaluate(() => isLeader())));
  return tabs.filter((_, i) => answers[i]);
}

async function crash(page) {
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  const devTools = await page.context().newCDPSession(page);
  devTools.send('Page.crash').catch(() => {});
  await crashed;
}

/** Stops the page's thread, as it waits for an answer that does not come; returns what lets it go on. */
async function freeze(page) {
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

function pageUrl() {
  return `http://127.0.0.1:${pages.address().port}`;
}

async function servePage(path, response) {
  const file = FILES[path] ?? (/^\/dist\/[a-z-]+(\.min)?\.js$/.test(path) ? `..${path}` : undefined);
  if (path === '/hold') {
    onHold(response);
  } else if (file) {
    response.writeHead(200, { 'content-type': TYPES[file.split('.').at(-1)] });
    response.end(await readFile(new URL(file, import.meta.url)));
  } else {
    response.writeHead(404).end();
  }
}

function findChromium() {
  for (const folder of process.env.PATH.split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'chrome']) {
      const program = join(folder, name);
      if (isExecutable(program)) {
        return program;
      }
    }
  }
  throw new Error('chromium: not on the PATH (expected: chromium, chromium-browser, google-chrome or chrome; ./check installs it)');
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
