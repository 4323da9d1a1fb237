import { assert } from '@open-wc/testing';
import { segmentsOf } from '../../src/elements/parts/phase-strip.js';

const NONE = { wait: undefined, ring: undefined, talk: undefined, hold: undefined, 'wrap-up': undefined };

suite('the phase strip', () => {
  test('a phase that never was takes no room', () => {
    assert.deepEqual(segmentsOf(NONE), []);
    assert.deepEqual(
      segmentsOf({ ...NONE, talk: 5 }).map(({ phase, x, width }) => [phase, x, width]),
      [['talk', 0, 1000]],
    );
  });

  test('phases share the strip by their time and fill it to the end', () => {
    const segments = segmentsOf({ ...NONE, wait: 1000, talk: 3000 });
    const [wait, talk] = segments;
    assert.isAbove(talk?.width ?? 0, (wait?.width ?? 0) * 2.9);
    assert.approximately((talk?.x ?? 0) + (talk?.width ?? 0), 1000, 0.001);
  });

  test('the shortest phase can still be seen', () => {
    const [ring] = segmentsOf({ ...NONE, ring: 1, talk: 36_000_000 });
    assert.isAtLeast(ring?.width ?? 0, 7);
  });
});
