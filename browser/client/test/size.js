// Prints how large the bundles are, and fails if one is larger than it may be.
import { gzipSync } from 'node:zlib';
import { ENTRIES, bundle } from '../build/bundle.js';

const SIZES = {
  freshet: { lines: ENTRIES.freshet, limit: 2420 },
  'freshet/tabs': { lines: ENTRIES.tabs, limit: 3530 },
  'both in one': { lines: ENTRIES.freshet + ENTRIES.tabs, limit: 3545 },
};

for (const [name, { lines, limit }] of Object.entries(SIZES)) {
  const bytes = Buffer.from(await bundle(lines));
  const size = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${bytes.length} bytes, ${size} gzipped (at most ${limit})`);
  if (size > limit) {
    process.exitCode = 1;
  }
}
