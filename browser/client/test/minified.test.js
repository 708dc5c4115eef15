import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// The build shortens names that the platform, a program or a page with the readable files may know, if it is told wrongly.
const folder = fileURLToPath(new URL('.', import.meta.url));
const { NODE_TEST_CONTEXT, ...env } = process.env;
const inNode = readdirSync(folder).filter((file) => file.endsWith('.test.js') && !/^(chromium|event-stream-parser|install|minified|package|seen-events)\./.test(file));

async function passes(...words) {
  await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', ...words], { cwd: folder, env: { ...env, TEST_MINIFIED: '1' } }).catch(
    ({ stdout }) => assert.fail(stdout.split('\n').filter((line) => /^\s*not ok/.test(line)).join('\n') || stdout),
  );
}

test('what is small does the same as what is readable', () => passes(...inNode));

test('what is small does the same in a browser', () => passes('--test-name-pattern=when asked|is closed|a Worker', 'chromium.test.js'));
