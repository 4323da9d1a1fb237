/** Worry: is the answer to an old question taken for one about what is on its way now? */
import { assert } from '@open-wc/testing';
import { OwnSocket } from '../../src/worker/own-socket.js';
import { ASK_END_OF_TOPIC } from '../../src/worker/socket.js';
import { FakeSocket } from './support/virtual-platform.js';

const ANSWER = '{"endOfTopic":false}';
const ENDED = '{"endOfTopic":true}';
const SIGN_OF_LIFE = '{"type":"isEndOfTopic"}';
const MESSAGE =
  '{"messageId":"CAEQAQ==","payload":"e30=","properties":{},"publishTime":"2026-11-20T09:00:00Z"}';

let now = 0;

function open(): { readonly own: OwnSocket; readonly fake: FakeSocket; readonly heard: unknown[] } {
  const fake = new FakeSocket('wss://relay.example/');
  const own = new OwnSocket(fake as unknown as WebSocket, () => now);
  const heard: unknown[] = [];
  own.onmessage = ({ data }) => heard.push(data);
  fake.open();
  return { own, fake, heard };
}

suite('A socket of one’s own', () => {
  test('takes bytes as such', () => {
    assert.equal(open().fake.binaryType, 'arraybuffer');
  });

  test('hears messages, and the answer to a question, as they come', () => {
    const { own, fake, heard } = open();
    own.send(ASK_END_OF_TOPIC);
    own.send('{"messageId":"CAEQAQ=="}');
    for (const data of [MESSAGE, ANSWER, MESSAGE]) fake.deliver(data);
    assert.deepEqual(heard, [MESSAGE, ANSWER, MESSAGE]);
    assert.equal(own.asked, 0);
  });

  test('hears a mere sign of life in the answer to a question after which another one was put', () => {
    const { own, fake, heard } = open();
    own.send(ASK_END_OF_TOPIC);
    own.send(ASK_END_OF_TOPIC);
    for (const data of [ANSWER, MESSAGE, ANSWER]) fake.deliver(data);
    assert.deepEqual(heard, [SIGN_OF_LIFE, MESSAGE, ANSWER]);
    own.send(ASK_END_OF_TOPIC);
    fake.deliver(ANSWER);
    assert.deepEqual(heard, [SIGN_OF_LIFE, MESSAGE, ANSWER, ANSWER]);
  });

  test('hears the answer to the next question where an earlier one is never answered', () => {
    const { own, fake, heard } = open();
    own.send(ASK_END_OF_TOPIC);
    now += 10_000;
    own.send(ASK_END_OF_TOPIC);
    fake.deliver(ANSWER);
    assert.notInclude(heard, ANSWER);
    now += 25_000;
    own.send(ASK_END_OF_TOPIC);
    fake.deliver(ANSWER);
    assert.include(heard, ANSWER);
  });

  test('hears that answer too where it puts a question every ten seconds, and each of them is answered', () => {
    const { own, fake, heard } = open();
    own.send(ASK_END_OF_TOPIC);
    for (let i = 0; i < 2; i++) {
      now += 10_000;
      own.send(ASK_END_OF_TOPIC);
      fake.deliver(ANSWER);
    }
    assert.deepEqual(heard, [SIGN_OF_LIFE, SIGN_OF_LIFE]);
    now += 10_000;
    own.send(ASK_END_OF_TOPIC);
    fake.deliver(ANSWER);
    assert.equal(heard.at(-1), ANSWER);
  });

  test('waits for an answer as long as the messages come that lie before it', () => {
    const { own, fake, heard } = open();
    own.send(ASK_END_OF_TOPIC);
    for (let i = 0; i < 3; i++) {
      now += 10_000;
      fake.deliver(MESSAGE);
      own.send(ASK_END_OF_TOPIC);
    }
    fake.deliver(ANSWER);
    assert.equal(heard.at(-1), SIGN_OF_LIFE);
  });

  test('hears in any case that the topic has ended, and what nobody asked for', () => {
    const { own, fake, heard } = open();
    fake.deliver(ANSWER);
    own.send(ASK_END_OF_TOPIC);
    own.send(ASK_END_OF_TOPIC);
    fake.deliver(ENDED);
    assert.deepEqual(heard, [ANSWER, ENDED]);
  });
});
