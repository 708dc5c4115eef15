// Prints how large the bundles are, and fails if one is larger than it may be.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMITS = { 'freshet.min.js': 3072, 'tabs.min.js': 4608 };

for (const [name, limit] of Object.entries(LIMITS)) {
  const bytes = readFileSync(new URL(`../dist/${name}`, import.meta.url));
  const size = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${bytes.length} bytes, ${size} gzipped (at most ${limit})`);
  if (size > limit) {
    process.exitCode = 1;
  }
}
