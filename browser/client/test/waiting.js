import assert from 'node:assert/strict';

const SOON_MS = 10_000;

/** Waits for a condition; the test fails if it does not come. */
export async function eventually(condition, describe = () => condition) {
  const deadline = performance.now() + SOON_MS;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `not after ${SOON_MS} ms: ${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
