/** Who calls is hidden before it leaves the worker. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { maskCaller, maskEvent } from '../../src/domain/mask.js';
import { attached, read, readInteraction, statusPayload } from './payloads.js';

const NUMBERS: readonly (readonly [string, string])[] = [
  ['+447799147855', '+44 ••• ••• 855'],
  ['+44 7799 147855', '+44 ••• ••• 855'],
  ['447799147855', '••• ••• 855'],
  ['+15515557212', '+15 ••• ••• 212'],
  ['+1234567890', '+12 ••• ••• 890'],
  ['+123456789', '••• ••• 789'],
  ['123456', '••• ••• 456'],
  ['12345', '•••'],
  ['40375', '•••'],
  ['7', '•••'],
  ['anonymous', '•••'],
  ['sip:ada@example.com', '•••'],
  // Digits of other scripts: Arabic-Indic, Persian, full width, Devanagari, mathematical (two code units each).
  ['+٤٤٧٧٩٩١٤٧٨٥٥', '+٤٤ ••• ••• ٨٥٥'],
  ['۱۲۳۴۵', '•••'],
  ['４４７７９９１４７８５５', '••• ••• ８５５'],
  ['४४७७९९', '••• ••• ७९९'],
  ['𝟒𝟒𝟕𝟕𝟗𝟗', '••• ••• 𝟕𝟗𝟗'],
];

const NAMES: readonly (readonly [string, string])[] = [
  ['Ada Byron', 'A••• B•••'],
  ['Ada', 'A•••'],
  ['A', 'A•••'],
  ['ada king countess of lovelace', 'a••• k••• c•••'],
  ['Élodie Ñuñez', 'É••• Ñ•••'],
  ['李 小龙', '李••• 小•••'],
  ['𝒜da', '𝒜•••'],
  ['447799 Ada', '••• A•••'],
  ['<b>Ada</b>', '•••'],
  ['...', '•••'],
];

suite('masking', () => {
  for (const [number, masked] of NUMBERS) {
    test(`the number “${number}” shows as “${masked}”`, () => {
      assert.equal(maskCaller({ name: undefined, number }, 'all')?.number, masked);
      assert.equal(maskCaller({ name: undefined, number }, 'numbers')?.number, masked);
    });
  }

  for (const [name, masked] of NAMES) {
    test(`the name “${name}” shows as “${masked}”`, () => {
      assert.equal(maskCaller({ name, number: undefined }, 'all')?.name, masked);
    });
  }

  test('masking numbers leaves names, but not the numbers inside them', () => {
    assert.equal(maskCaller({ name: 'Ada Byron', number: undefined }, 'numbers')?.name, 'Ada Byron');
    assert.equal(maskCaller({ name: 'Flat 12', number: undefined }, 'numbers')?.name, 'Flat 12');
    assert.equal(maskCaller({ name: 'Guest 447799147855', number: undefined }, 'numbers')?.name, 'Guest •••');
    assert.equal(maskCaller({ name: 'Ada (07799) 147-855', number: undefined }, 'numbers')?.name, 'Ada (•••');
  });

  for (const digits of ['٤٤٧٧٩٩', '۴۴۷۷۹۹', '４４７７９９', '४४७७९९', '𝟒𝟒𝟕𝟕𝟗𝟗', '44٧٧９９']) {
    test(`the digits ${digits} inside a name are masked as 447799 are`, () => {
      const name = `Guest ${digits} Ada`;
      assert.equal(maskCaller({ name, number: undefined }, 'numbers')?.name, 'Guest ••• Ada');
    });
  }

  test('without a mask the caller is as it came, and an unknown one is unknown', () => {
    assert.deepEqual(maskCaller({ name: 'Ada', number: '12345' }, 'none'), { name: 'Ada', number: '12345' });
    assert.isUndefined(maskCaller(undefined, 'none'));
    assert.isUndefined(maskCaller({ name: undefined, number: undefined }, 'all'));
  });

  test('numbers of six digits and more cannot be told apart by length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 30 }), fc.integer({ min: 6, max: 30 }), (a, b) => {
        const masked = (length: number) => maskCaller({ name: undefined, number: '7'.repeat(length) }, 'all');
        assert.deepEqual(masked(a), masked(b));
      }),
    );
  });

  test('a masked number holds its first two digits after a plus and its last three, and no other', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
        (plus, digits) => {
          const number = `${plus ? '+' : ''}${digits.join('')}`;
          const shown = (maskCaller({ name: undefined, number }, 'all')?.number ?? '').replace(/[^0-9]/g, '');
          const expected =
            digits.length <= 5
              ? ''
              : (plus && digits.length >= 10 ? digits.slice(0, 2) : []).concat(digits.slice(-3)).join('');
          assert.equal(shown, expected);
        },
      ),
    );
  });

  test('a masked name holds at most three letters of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const masked = maskCaller({ name, number: undefined }, 'all')?.name ?? '';
        const rest = masked.replace(/[• ]/g, '');
        assert.isAtMost(Array.from(rest).length, 3);
        for (const letter of rest) assert.include(name, letter);
      }),
    );
  });

  test('an event is handed on with its caller masked and nothing else changed', () => {
    const event = readInteraction({
      event: 'InteractionCreated',
      attachedData: attached({ remoteCallingName: 'Ada Byron', remotePhoneNum: '+447799147855' }),
    });
    assert.deepEqual(maskEvent(event, 'all'), {
      ...event,
      caller: { name: 'A••• B•••', number: '+44 ••• ••• 855' },
    });
    assert.strictEqual(maskEvent(event, 'none'), event);
    const status = read(statusPayload(4, 0));
    assert.strictEqual(maskEvent(status, 'all'), status);
  });
});
