import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

/** What is published, by name: the lines of a module that has all of an entry point. */
export const ENTRIES = {
  freshet: "export * from './src/index.ts';",
  tabs: "export * from './src/tabs.ts';",
};

/** Names of members that no program, page or platform knows; they become one letter. What tabs tell each other is not among them: the tabs may have other builds. */
const OWN_NAMES = ['beginAt', 'finish', 'give', 'goodSinceMs', 'lastId', 'nextWaitMs', 'onBlock', 'onState', 'whenReady'];

const folder = fileURLToPath(new URL('..', import.meta.url));

/** The code that a module with these lines needs, in one piece, as small as it gets. */
export async function bundle(lines) {
  const { outputFiles } = await build({
    stdin: { contents: lines, resolveDir: folder, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const { code } = await minify(outputFiles[0].text, {
    ecma: 2022,
    module: true,
    compress: { passes: 5, pure_getters: true, unsafe: true, unsafe_arrows: true },
    mangle: { properties: { regex: new RegExp(`^(${OWN_NAMES.join('|')})$`) } },
  });
  return code;
}
