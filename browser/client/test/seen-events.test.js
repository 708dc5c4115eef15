import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenEvents } from '../dist/seen-events.js';

test('what came before the place where a tab begins is none of its business', () => {
  const seen = seenEvents();
  seen.beginAt('k7f2-10');
  assert.deepEqual(['k7f2-z', 'k7f2-10', 'k7f2-11', 'k7f3-1'].map(seen.has), [true, true, false, false]);
});

test("ids that only look like the hub's are not compared", () => {
  for (const [start, next] of [['2026-11-25T10:00', '2026-11-25T10:01'], ['orders-eu-17', 'orders-eu-18'], ['7', '7'], ['', '-'], ['a-', 'a-']]) {
    const seen = seenEvents();
    seen.beginAt(start);
    assert.equal(seen.has(next), false, next);
  }
});

test('an event is known by its id, of the last 1024', () => {
  const seen = seenEvents();
  for (let i = 0; i <= 1024; i++) {
    seen.add(`order ${i}`);
  }
  assert.deepEqual(['order 0', 'order 1', 'order 1024', 'order 1025'].map(seen.has), [false, true, true, false]);
});
