import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PageServer, launchChromium } from './chromium.js';
import { answer, scenarios } from './pages/scenario.js';
import { isMinified } from './subject.js';

const runs = new Map();
let pages;
let browser;
let page;

before(async () => {
  pages = await PageServer.start({ '/': 'pages/native.html', '/scenario.js': 'pages/scenario.js', '/run': answerRun });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(pages.origin);
  await page.waitForFunction(() => window.isReady);
});

after(async () => {
  await browser?.close();
  pages.stop();
});

for (const name of Object.keys(scenarios)) {
  // What is small has no name of its own.
  test(`as the platform's: ${name}`, { skip: isMinified && name === 'its name' }, async () => {
    const native = await page.evaluate((scenario) => run('native', scenario), name);
    const ours = await page.evaluate((scenario) => run('ours', scenario), name);
    assert.ok(native.length > 0);
    assert.deepEqual(ours, native);
  });
}

function answerRun(request, response) {
  const { searchParams } = new URL(request.url, 'http://any.test');
  const key = searchParams.get('run');
  runs.set(key, runs.get(key) ?? {});
  answer(searchParams.get('path'), runs.get(key), response);
}
