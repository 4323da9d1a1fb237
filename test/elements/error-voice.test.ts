/** What is wrong is said once, also on a page that stays open for weeks. */
import { assert } from '@open-wc/testing';
import { ErrorVoice } from '../../src/elements/error-voice.js';
import { widgetError } from '../../src/protocol/errors.js';

suite('what an element says of its attributes', () => {
  test('is said once for each wrong value, and remembered of the last hundred', () => {
    const host = Object.assign(document.createElement('div'), { log: null });
    const said: string[] = [];
    host.addEventListener('x8-error', ({ error }) => said.push(error.message));
    const voice = new ErrorVoice(host, () => undefined);
    const set = (value: string): void => {
      voice.attributes = [widgetError('invalid-attribute', value)];
      voice.tellAttributes();
    };
    const values = Array.from({ length: 100 }, (_, index) => `wrong ${index}`);
    for (const value of [...values, ...values]) set(value);
    assert.deepEqual(said, values);
    set('one more');
    set('wrong 1');
    assert.deepEqual(said, [...values, 'one more']);
    set('wrong 0');
    assert.deepEqual(said, [...values, 'one more', 'wrong 0'], 'the oldest is forgotten');
  });
});

suite('what an element says of what went wrong while it ran', () => {
  test('is a note in its box, but for what its box shows anyway', () => {
    const host = Object.assign(document.createElement('div'), { log: null });
    const fired: string[] = [];
    host.addEventListener('x8-error', ({ error }) => fired.push(error.code));
    const voice = new ErrorVoice(host, () => undefined);
    const note = (): string | undefined => voice.note?.code;
    voice.tell(widgetError('events-omitted', 'Six were not fired.'));
    voice.tell(widgetError('credentials-failed', 'No key came.'));
    assert.isUndefined(note());
    voice.tell(widgetError('payload-not-json', 'An event was skipped.'));
    assert.equal(note(), 'payload-not-json');
    assert.deepEqual(fired, ['events-omitted', 'credentials-failed', 'payload-not-json']);
  });

  test('goes with the stream that it was said of; a key that cannot be used stays one', () => {
    const host = Object.assign(document.createElement('div'), { log: null });
    const voice = new ErrorVoice(host, () => undefined);
    const note = (): string | undefined => voice.note?.code;
    voice.tell(widgetError('payload-not-json', 'An event was skipped.'));
    voice.forgetStream();
    assert.isUndefined(note());
    voice.tell(widgetError('invalid-credential', 'The API key is no usable text.'));
    voice.forgetStream();
    assert.equal(note(), 'invalid-credential');
  });
});
