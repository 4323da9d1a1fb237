import { assert } from '@open-wc/testing';
import { isSame } from '../../src/protocol/is-same.js';

suite('isSame', () => {
  const SAME: readonly (readonly [unknown, unknown])[] = [
    [1, 1],
    [undefined, undefined],
    [null, null],
    [
      { a: 'x', b: [1, { c: 2 }] },
      { b: [1, { c: 2 }], a: 'x' },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
  ];
  const DIFFERENT: readonly (readonly [unknown, unknown])[] = [
    [1, '1'],
    [null, undefined],
    [{}, undefined],
    [undefined, {}],
    [{}, null],
    [{ a: 1 }, { a: 1, b: 0 }],
    [{ a: 1, b: 0 }, { a: 1 }],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: { b: [1] } }, { a: { b: [2] } }],
  ];

  test('holds for what says the same, in whatever order, and takes an undefined member for none', () => {
    for (const [one, other] of SAME) assert.isTrue(isSame(one, other), JSON.stringify([one, other]));
  });

  test('does not hold for anything else', () => {
    for (const [one, other] of DIFFERENT) assert.isFalse(isSame(one, other), JSON.stringify([one, other]));
  });
});
