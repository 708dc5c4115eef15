import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

test('what is published is the code as it is, its types, and what is to be read', () => {
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: folder }));
  const modules = readdirSync(`${folder}/src`).map((file) => file.replace(/\.ts$/, ''));
  const built = [...modules.flatMap((name) => [`${name}.d.ts`, `${name}.js`]), 'freshet.min.js', 'tabs.min.js'];
  const expected = [...built.map((file) => `dist/${file}`), 'LICENSE', 'README.md', 'package.json'];
  assert.deepEqual(files.map(({ path }) => path).sort(), expected.sort());
});

test('it needs no other package, and both doors open', async () => {
  const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  assert.equal(dependencies, undefined);
  assert.deepEqual(Object.keys(await import('freshet')).sort(), ['EventSource', 'ServerSentEvent']);
  assert.deepEqual(Object.keys(await import('freshet/tabs')), ['SharedEventSource']);
  assert.equal((await import('freshet/freshet.min.js')).EventSource.name.length > 0, true);
});

test('the vectors are those of codec', () => {
  const theirs = new URL('../../../codec/src/test/resources/dev/freshet/codec/event-stream.json', import.meta.url);
  assert.equal(readFileSync(new URL('event-stream.json', import.meta.url), 'utf8'), readFileSync(theirs, 'utf8'));
});
