import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ScriptedServer, streaming } from './scripted-server.js';

const folder = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(folder, 'node_modules/typescript/bin/tsc');
let project;

before(() => {
  project = mkdtempSync(join(tmpdir(), 'freshet-'));
  const [{ filename }] = JSON.parse(npm(folder, 'pack', '--json', '--ignore-scripts', '--pack-destination', project));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', `./${filename}`);
});

after(() => rmSync(project, { recursive: true }));

test('a plain script of Node reads a stream with it', async (t) => {
  const server = await ScriptedServer.start(t, streaming('id: 1\nevent: paid\ndata: {"total":5}\n\n'));
  const printed = await run(
    `import { EventSource } from 'freshet';
     import { SharedEventSource } from 'freshet/tabs';
     for (const Source of [EventSource, SharedEventSource]) {
       const source = new Source(process.argv[2]);
       for await (const event of source) {
         console.log(event.type, event.json().total, event.lastEventId);
         break;
       }
       source.close();
     }`,
    server.url(),
  );
  assert.equal(printed, 'paid 5 1\npaid 5 1\n');
});

test('its small files are modules too, and nothing else is open', async () => {
  const printed = await run(
    `const names = await Promise.all(['freshet/freshet.min.js', 'freshet/tabs.min.js'].map(async (name) => Object.keys(await import(name))));
     const closed = await import('freshet/dist/stream.js').catch(({ code }) => code);
     console.log(JSON.stringify([names, closed]));`,
  );
  assert.deepEqual(JSON.parse(printed), [[['EventSource', 'ServerSentEvent'], ['SharedEventSource']], 'ERR_PACKAGE_PATH_NOT_EXPORTED']);
});

for (const resolution of ['nodenext', 'bundler']) {
  test(`its types are found and strict, with moduleResolution ${resolution}`, () => {
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom,dom.iterable', '--types', ''];
    const check = (file, text) => {
      writeFileSync(join(project, file), text);
      return execFileSync(process.execPath, [tsc, ...options, '--module', module, '--moduleResolution', resolution, file], { cwd: project });
    };
    const use = `import { EventSource, type Gap } from 'freshet';
      import { SharedEventSource } from 'freshet/tabs';
      const source = new EventSource<{ paid: { total: number } }>('http://any.test/', { retryOn: [503] });
      source.addEventListener('paid', (event) => event.json().total.toFixed());
      source.addEventListener('gap', (event) => { const gap: Gap = event.json(); });
      const state: 0 = EventSource.CONNECTING;
      source.onmessage = ({ data }) => data.trim();
      new SharedEventSource('http://any.test/?topic=a').close();`;
    check('right.ts', use);
    assert.throws(() => check('wrong.ts', `${use}\nsource.addEventListener('paid', (event) => event.json().totl);`), /Command failed/);
  });
}

async function run(script, ...words) {
  writeFileSync(join(project, 'script.js'), script);
  const { stdout } = await promisify(execFile)(process.execPath, ['script.js', ...words], { cwd: project, timeout: 20_000 });
  return stdout;
}

function npm(cwd, ...words) {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
