/** The door never throws, and whatever it lets through is one of four bounded shapes. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { knownEventNames } from '../../src/domain/catalogue.js';
import { normalise } from '../../src/domain/normalise.js';
import { StreamModel } from '../../src/domain/stream-model.js';
import { entryOf, feedRequest, T0, tileRequest } from './payloads.js';

const WRAPPERS = [
  'Interaction',
  'AgentStatusChange',
  'AgentProvChange',
  'Unknown',
  '__proto__',
  'constructor',
];

const FIELDS = [
  'event',
  'interactionGUID',
  'agentId',
  'agentGUID',
  'participatingAgents',
  'queueId',
  'queueList',
  'queueTime',
  'isQueued',
  'resourceType',
  'mediaType',
  'direction',
  'status',
  'newState',
  'newReasonCodeUser',
  'statusEventTS',
  'promptingTimeout',
  'rejectReason',
  'hangupInitiator',
  'callHangupReason',
  'priority',
  'dispositionCode',
  'interactionEventTS',
  'skillId',
  'tenantSkillId',
  'enabled',
];

/** Values in the shapes that fields have, and in every other. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(...knownEventNames()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('tenant~~1162~~phone~~x', '~~', '~~~~', '801=1722', 'CEC_', 'true', '-ag'),
  },
  { weight: 1, arbitrary: fc.constantFrom(1e308, -0, 5e-324, 2 ** 53, T0, T0 / 1_000, 4) },
);

const attachedData = fc.oneof(
  value,
  fc.record({
    attachedDatum: fc.array(
      fc.oneof(
        value,
        fc.record({
          attachedDataKey: fc.oneof(
            value,
            fc.constantFrom('que', 'phoneNum', 'callingName', 'remotePhoneNum', 'nam'),
          ),
          attachedDataValue: value,
        }),
      ),
      { maxLength: 5 },
    ),
  }),
);

const inner = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...FIELDS), value),
    fc.option(attachedData, { nil: undefined }),
    fc.option(fc.oneof(value, fc.record({ timestamp: value })), { nil: undefined }),
  )
  .map(([fields, data, msgInfo]) => ({ ...fields, attachedData: data, msgInfo }));

const payload = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...WRAPPERS), fc.string()), fc.oneof(inner, value), { maxKeys: 4 }),
  fc.object(),
) as fc.Arbitrary<Record<string, unknown>>;

const publishTime = fc.oneof(fc.constant(T0), fc.double(), fc.integer());

suite('normalising is total', () => {
  test('any JSON object becomes an event with bounded texts and a time', () => {
    fc.assert(
      fc.property(payload, publishTime, (json, published) => {
        const event = normalise(json, published);
        assert.include(['interaction', 'agent-status', 'agent-provision', 'other'], event.kind);
        assert.isTrue(Number.isFinite(event.at), 'the time is a number');
        assert.isAbove(event.name.length, 0);
        assertBounded(event);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what it lets through, the model takes, shows and hands on', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(payload, publishTime), { maxLength: 20 }), (messages) => {
        const model = new StreamModel();
        model.coverFrom(T0);
        model.watch(1, feedRequest({ mask: 'all', wantsEvents: true }));
        model.watch(2, feedRequest({ group: 'none', mask: 'numbers' }));
        model.watch(3, tileRequest({ queueId: '1162' }));
        for (const [json, published] of messages) model.take(entryOf(normalise(json, published)));
        const updates = model.drain(T0);
        assert.deepEqual(structuredClone(updates), updates as never, 'it can cross to the page');
      }),
      { numRuns: 300 },
    );
  });
});

/** No text longer than 120 characters, however deep. */
function assertBounded(part: unknown): void {
  if (typeof part === 'string') assert.isAtMost(part.length, 120);
  else if (typeof part === 'object' && part !== null)
    for (const each of Object.values(part)) assertBounded(each);
}
