import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { subjectOf } from './subject.js';

const TYPES = { html: 'text/html', js: 'text/javascript' };
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function launchChromium() {
  return chromium.launch({ executablePath: findChromium(), args: QUIET });
}

/** Serves what is in `dist`, and these files: path -> a file beside this one, or a function that answers. */
export class PageServer {
  #answers;
  #server = createServer((request, response) => void this.#answer(request, response));

  constructor(answers) {
    this.#answers = answers;
  }

  static async start(answers) {
    const server = new PageServer(answers);
    await new Promise((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request, response) {
    const [path] = request.url.split('?');
    const answer = this.#answers[path] ?? (/^\/dist\/[a-z-]+(\.min)?\.js$/.test(path) ? `..${subjectOf(path)}` : undefined);
    if (typeof answer === 'function') {
      answer(request, response);
    } else if (answer) {
      // Frames of a sandbox have no origin.
      response.writeHead(200, { 'content-type': TYPES[answer.split('.').at(-1)], 'access-control-allow-origin': '*' });
      response.end(await readFile(new URL(answer, import.meta.url)));
    } else {
      response.writeHead(404).end();
    }
  }
}

/** The id of the process that a page runs in: the one of its browser that works while the page does. */
export async function processOf(page) {
  const devTools = await page.context().browser().newBrowserCDPSession();
  const cpuTimes = async () => {
    const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await cpuTimes();
  await page.evaluate(() => {
    const end = performance.now() + 300;
    while (performance.now() < end);
  });
  const worked = [...(await cpuTimes())].map(([id, cpuTime]) => ({ id, cpuTime: cpuTime - (before.get(id) ?? cpuTime) }));
  await devTools.detach();
  return worked.reduce((one, other) => (other.cpuTime > one.cpuTime ? other : one)).id;
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
