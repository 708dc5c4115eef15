// Writes dist/NAME.min.js for each entry point.
import { writeFileSync } from 'node:fs';
import { ENTRIES, bundle } from './bundle.js';

for (const [name, entry] of Object.entries(ENTRIES)) {
  writeFileSync(new URL(`../dist/${name}.min.js`, import.meta.url), await bundle(entry));
}
