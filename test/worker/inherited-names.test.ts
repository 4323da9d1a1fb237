/** Worry: a host page's library adds to `Object.prototype`, and on the in-page route every object that is read has it. */
import { assert } from '@open-wc/testing';
import { normalise } from '../../src/domain/normalise.js';
import { readFrame } from '../../src/worker/frame.js';
import { readPayload } from '../../src/worker/payload.js';

/** Every name that decides what a frame or an event is, and some that say what is in it. */
const ADDED: Readonly<Record<string, unknown>> = {
  type: 'x',
  endOfTopic: 'true',
  messageId: 'CAMQADAA',
  payload: 'eyJpIjowfQ==',
  publishTime: '2026-11-20T08:41:04.342Z',
  redeliveryCount: 3,
  Interaction: { event: 'InteractionDeleted', interactionGUID: 'int-other' },
  event: 'InteractionDeleted',
  eventType: 'other',
  interactionGUID: 'int-other',
  queueId: 7,
  priority: 9,
  timestamp: 1_700_000_000_000,
  attachedDatum: [{ attachedDataKey: 'phoneNum', attachedDataValue: '+15515557212' }],
  attachedDataKey: 'nam',
  attachedDataValue: 'Ada',
  phoneNum: '+15515557212',
};

const FRAMES: readonly string[] = [
  '{"messageId":"a","payload":"b","publishTime":"2026-11-20T08:41:04.342Z"}',
  '{"payload":"b","messageId":"a"}',
  '{"messageId":"a","payload":"b","redeliveryCount":{}}',
  '{"endOfTopic":false}',
  '{"type":"AUTH_CHALLENGE"}',
  '{"messageId":"a"}',
  '{}',
];

const EVENTS: readonly string[] = [
  '{"Interaction":{"event":"InteractionCreated","interactionGUID":"int-1"}}',
  '{"Interaction":{"event":"InteractionCreated","interactionGUID":"int-1","attachedData":{"attachedDatum":[{}]}}}',
  '{"Interaction":{"event":"InteractionCreated"}}',
  '{"AgentStatusChange":{"agentId":"ag1","newState":2}}',
  '{"AgentProvChange":{"agentId":"ag1"}}',
  '{"something":1}',
  '{}',
];

/** With the names added as a library of old adds them: so that loops see them. */
function withAdditions<T>(work: () => T): T {
  for (const [name, value] of Object.entries(ADDED)) {
    Object.defineProperty(Object.prototype, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  try {
    return work();
  } finally {
    for (const name of Object.keys(ADDED)) Reflect.deleteProperty(Object.prototype, name);
  }
}

/** As text: the additions are gone from it. */
function event(json: string): string {
  const payload = readPayload(btoa(json), 'id');
  return JSON.stringify(payload.kind === 'object' ? normalise(payload.value, 1_744_819_217_000) : payload);
}

suite('names that every object inherits', () => {
  for (const frame of FRAMES) {
    test(`are no part of the frame ${frame}`, () => {
      const expected = JSON.stringify(readFrame(frame));
      assert.equal(
        withAdditions(() => JSON.stringify(readFrame(frame))),
        expected,
      );
    });
  }

  for (const json of EVENTS) {
    test(`are no part of the event ${json}`, () => {
      const expected = event(json);
      assert.equal(
        withAdditions(() => event(json)),
        expected,
      );
    });
  }
});
