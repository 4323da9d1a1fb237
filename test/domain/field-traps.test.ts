/**
 * Fields that bite: every row is a place where 8x8's documentation or samples contradict themselves or JSON bends a
 * value (event reference, field reference, message format, legacy streaming overview).
 */
import { assert } from '@open-wc/testing';
import type { InteractionEvent } from '../../src/protocol/stream-event.js';
import { AGENT, attached, GUID, OTHER_AGENT, read, readInteraction, T0, type Fields } from './payloads.js';

interface Trap {
  readonly name: string;
  readonly fields: Fields;
  readonly expected: Partial<InteractionEvent>;
}

const AGENT_GUID = `tenant01-${AGENT}-e46672cd-660c-46f5-b8f0-856eaf18f65c`;

const TRAPS: readonly Trap[] = [
  // Booleans that come as text.
  { name: 'isQueued as a boolean', fields: { isQueued: false }, expected: { isQueued: false } },
  { name: 'isQueued as the text "false"', fields: { isQueued: 'false' }, expected: { isQueued: false } },
  { name: 'isQueued as the text "true"', fields: { isQueued: 'true' }, expected: { isQueued: true } },
  {
    name: 'isOutboundCall as the text "true"',
    fields: { isOutboundCall: 'true' },
    expected: { direction: 'outbound' },
  },
  {
    name: 'hold as the text "true"',
    fields: { event: 'LineHoldStatus', status: 'true' },
    expected: { isOnHold: true },
  },
  // `status` means two things.
  {
    name: 'status as a boolean on LineHoldStatus',
    fields: { event: 'LineHoldStatus', status: false },
    expected: { isOnHold: false, isMuted: undefined, recording: undefined },
  },
  {
    name: 'status as a boolean on LineMuteStatus',
    fields: { event: 'LineMuteStatus', status: true },
    expected: { isMuted: true, isOnHold: undefined },
  },
  {
    name: 'status as the word "resume" on RecordingStatus',
    fields: { event: 'RecordingStatus', status: 'resume' },
    expected: { recording: 'resumed', isOnHold: undefined },
  },
  {
    name: 'status as the word "pause" on RecordingStatus',
    fields: { event: 'RecordingStatus', status: 'pause' },
    expected: { recording: 'paused' },
  },
  {
    name: 'a recording that started says so by its name',
    fields: { event: 'InteractionRecordingStarted' },
    expected: { recording: 'started' },
  },
  {
    name: 'a recording that is ready says so by its name',
    fields: { event: 'InteractionRecordingReady' },
    expected: { recording: 'ready' },
  },
  // Names of which nothing is seen.
  ...(
    [
      ['zero-width spaces and joiners', '\u200b\u200c\u200d\u2060\ufeff'],
      ['direction marks', '\u200e\u200f\u202a\u202e\u2066\u2069'],
      ['soft hyphens', '\u00ad \u00ad'],
      ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
      ['the braille blank', '\u2800'],
      ['variation selectors and tags', '\ufe0f\u{e0020}'],
      ['control characters and blanks', '\u0007\t\u00a0\u3000'],
    ] as const
  ).map(([what, text]) => ({
    name: `a caller and a queue named by ${what} are unknown`,
    fields: {
      attachedData: attached({
        callingName: text,
        remotePhoneNum: text,
        phoneNum: text,
        tenantSkillName: text,
      }),
    },
    expected: { caller: undefined, queueName: undefined },
  })),
  {
    name: 'a name with marks of direction around letters is a name',
    fields: { attachedData: attached({ callingName: '\u2067\u05d0\u05d1\u2069' }) },
    expected: { caller: { name: '\u2067\u05d0\u05d1\u2069', number: undefined } },
  },
  {
    name: 'an invisible name leaves the place to the next',
    fields: { attachedData: attached({ remoteCallingName: '\u3164', callingName: 'Ada' }) },
    expected: { caller: { name: 'Ada', number: undefined } },
  },
  // Numbers as phone numbers and names.
  {
    name: 'phoneNum as a JSON number',
    fields: { attachedData: attached({ phoneNum: 447799147855 }) },
    expected: { caller: { name: undefined, number: '447799147855' } },
  },
  {
    name: 'callingName as a JSON number is no name',
    fields: { attachedData: attached({ callingName: 447799147855, phoneNum: 447799147855 }) },
    expected: { caller: { name: undefined, number: '447799147855' } },
  },
  {
    name: 'callingName as digits in quotes is no name',
    fields: { attachedData: attached({ callingName: '+44 (0)7799 147855' }) },
    expected: { caller: undefined },
  },
  {
    name: 'remotePhoneNum keeps its plus sign and wins over phoneNum',
    fields: { attachedData: attached({ phoneNum: 5515557212, remotePhoneNum: '+15515557212' }) },
    expected: { caller: { name: undefined, number: '+15515557212' } },
  },
  {
    name: 'remoteCallingName wins over a numeric callingName',
    fields: { attachedData: attached({ callingName: 5515557212, remoteCallingName: 'Andrew Cunningh' }) },
    expected: { caller: { name: 'Andrew Cunningh', number: undefined } },
  },
  {
    name: 'cha, the channel, is not the caller',
    fields: { attachedData: attached({ cha: 441733968848 }) },
    expected: { caller: undefined },
  },
  {
    name: 'a leading zero keeps its quotes and stays',
    fields: { attachedData: attached({ phoneNum: '01733968848' }) },
    expected: { caller: { name: undefined, number: '01733968848' } },
  },
  {
    name: 'a number that JSON could not hold exactly names nobody',
    fields: { attachedData: attached({ phoneNum: 2 ** 60 }) },
    expected: { caller: undefined },
  },
  {
    name: 'attachedDatum as a single pair',
    fields: {
      attachedData: { attachedDatum: { attachedDataKey: 'phoneNum', attachedDataValue: 5515557212 } },
    },
    expected: { caller: { name: undefined, number: '5515557212' } },
  },
  {
    name: 'attachedData as a plain object',
    fields: {
      attachedData: {
        que: 'acmecorp01~~queue~~phone~~591',
        remotePhoneNum: '+15515557212',
        tenantSkillName: 'Sales',
      },
    },
    expected: { queueId: '591', queueName: 'Sales', caller: { name: undefined, number: '+15515557212' } },
  },
  {
    name: 'caller and queue on the event itself',
    fields: {
      que: 'acmecorp01~~queue~~phone~~591',
      remoteCallingName: 'Andrew Cunningh',
      phoneNum: 5515557212,
    },
    expected: { queueId: '591', caller: { name: 'Andrew Cunningh', number: '5515557212' } },
  },
  {
    name: 'the other names on the event itself',
    fields: { remotePhoneNum: '+15515557212', callingName: 'Andrew Cunningh' },
    expected: { caller: { name: 'Andrew Cunningh', number: '+15515557212' } },
  },
  {
    name: 'pairs win over the same keys elsewhere',
    fields: { phoneNum: 1, attachedData: { phoneNum: 2, ...attached({ phoneNum: 3 }) } },
    expected: { caller: { name: undefined, number: '3' } },
  },
  {
    name: 'a queue called by a number is still called so',
    fields: { attachedData: attached({ tenantSkillName: 911 }) },
    expected: { queueName: '911' },
  },
  // Media.
  { name: 'resourceType 0', fields: { resourceType: 0, mediaType: 'phone' }, expected: { media: 'phone' } },
  { name: 'resourceType 1', fields: { resourceType: 1, mediaType: 'email' }, expected: { media: 'email' } },
  { name: 'resourceType 2', fields: { resourceType: 2, mediaType: 'chat' }, expected: { media: 'chat' } },
  {
    name: 'mediaType folds SMS into chat',
    fields: { resourceType: 3, mediaType: 'chat' },
    expected: { media: 'sms' },
  },
  {
    name: 'mediaType folds video into phone',
    fields: { resourceType: 4, mediaType: 'phone' },
    expected: { media: 'video' },
  },
  { name: 'resourceType in quotes', fields: { resourceType: '3' }, expected: { media: 'sms' } },
  { name: 'mediaType alone', fields: { mediaType: 'email' }, expected: { media: 'email' } },
  { name: 'neither media field', fields: {}, expected: { media: undefined } },
  {
    name: 'an unknown resourceType',
    fields: { resourceType: 9, mediaType: 'fax' },
    expected: { media: undefined },
  },
  // Queue ids.
  { name: 'queueId as a number', fields: { queueId: 1162 }, expected: { queueId: '1162' } },
  {
    name: 'que in the field reference shape',
    fields: {
      attachedData: attached({ que: 'tenant01~~1162~~phone~~b1e3e2f2-b01a-4a03-ba3d-f30859414d97' }),
    },
    expected: { queueId: '1162' },
  },
  {
    name: 'que in the sample shape',
    fields: { attachedData: attached({ que: 'acmecorp01~~queue~~phone~~591' }) },
    expected: { queueId: '591' },
  },
  {
    name: 'que without a segment of digits',
    fields: { attachedData: attached({ que: 'acmecorp01~~queue~~phone' }) },
    expected: { queueId: undefined },
  },
  {
    name: 'queueId wins over que',
    fields: { queueId: 591, attachedData: attached({ que: 'a~~1162~~phone~~b' }) },
    expected: { queueId: '591' },
  },
  {
    name: 'queueList alone, as on InteractionRejected',
    fields: { queueList: 222 },
    expected: { queueId: '222' },
  },
  { name: 'queueList as text with several', fields: { queueList: '222,333' }, expected: { queueId: '222' } },
  { name: 'queueList as a JSON list', fields: { queueList: [222, 333] }, expected: { queueId: '222' } },
  { name: 'queueId "N/A" is none', fields: { queueId: 'N/A' }, expected: { queueId: undefined } },
  { name: 'queueId 0 is none', fields: { queueId: 0 }, expected: { queueId: undefined } },
  // Agents.
  { name: 'agentId plain', fields: { agentId: AGENT }, expected: { agentId: AGENT } },
  { name: 'agentId as a GUID', fields: { agentId: AGENT_GUID }, expected: { agentId: AGENT } },
  { name: 'agentGUID alone', fields: { agentGUID: AGENT_GUID }, expected: { agentId: AGENT } },
  {
    name: 'an agent id that contains a dash',
    fields: { agentGUID: 'tenant01-ag64oyEUb-Sk6bxVB9P5yaaa-e46672cd-660c-46f5-b8f0-856eaf18f65c' },
    expected: { agentId: 'ag64oyEUb-Sk6bxVB9P5yaaa' },
  },
  {
    name: 'a tenant whose name looks like an agent',
    fields: { agentGUID: `my-agency-${AGENT}-e46672cd-660c-46f5-b8f0-856eaf18f65c` },
    expected: { agentId: AGENT },
  },
  {
    name: 'participatingAgents with commas',
    fields: { participatingAgents: `${AGENT},${OTHER_AGENT}` },
    expected: { agentIds: [AGENT, OTHER_AGENT] },
  },
  {
    name: 'participatingAgents with semicolons and GUIDs',
    fields: { participatingAgents: `${AGENT_GUID};tenant01-agBbcDef123-guid2` },
    expected: { agentIds: [AGENT, 'agBbcDef123'] },
  },
  {
    name: 'participatingAgents that repeats one and ends with a separator',
    fields: { participatingAgents: `${AGENT}, ${AGENT};` },
    expected: { agentIds: [AGENT] },
  },
  {
    name: 'participatingAgents of a megabyte',
    fields: {
      participatingAgents: `${AGENT}${' '.repeat(1_000_000)},${OTHER_AGENT};ag${'x'.repeat(1_000_000)}`,
    },
    expected: { agentIds: [AGENT, OTHER_AGENT, `ag${'x'.repeat(118)}`] },
  },
  { name: 'no participatingAgents', fields: {}, expected: { agentIds: [] } },
  // Reject reasons.
  {
    name: 'rejectReason 0',
    fields: { event: 'InteractionRejected', rejectReason: 0 },
    expected: { rejectReason: 'unknown' },
  },
  {
    name: 'rejectReason 1',
    fields: { event: 'InteractionRejected', rejectReason: 1 },
    expected: { rejectReason: 'timeout' },
  },
  {
    name: 'rejectReason 2',
    fields: { event: 'InteractionRejected', rejectReason: '2' },
    expected: { rejectReason: 'declined' },
  },
  {
    name: 'rejectReason 0 on InteractionDeleted says nothing',
    fields: { event: 'InteractionDeleted', rejectReason: 0 },
    expected: { rejectReason: undefined },
  },
  // Hang-up.
  ...(['AGENT', 'CUSTOMER', 'SYSTEM'] as const).map((word) => ({
    name: `hangupInitiator ${word}`,
    fields: { event: 'InteractionDeleted', hangupInitiator: word },
    expected: { hangupInitiator: word.toLowerCase() as 'agent' | 'customer' | 'system' },
  })),
  {
    name: 'callHangupReason CEC_NONE is none',
    fields: { event: 'InteractionDeleted', callHangupReason: 'CEC_NONE' },
    expected: { hangupReason: undefined },
  },
  ...(
    ['NORMAL', 'BUSY', 'BADADDRESS', 'NOANSWER', 'CANCELLED', 'REJECTED', 'FAILED', 'BLOCKED'] as const
  ).map((word) => ({
    name: `callHangupReason CEC_DISCONNECT_${word}`,
    fields: { event: 'InteractionDeleted', callHangupReason: `CEC_DISCONNECT_${word}` },
    expected: { hangupReason: word.toLowerCase() as InteractionEvent['hangupReason'] },
  })),
  // Time to answer.
  {
    name: 'promptingTimeout in seconds',
    fields: { promptingTimeout: 30 },
    expected: { ringLimitMs: 30_000 },
  },
  { name: 'agentRscWaitTime alone', fields: { agentRscWaitTime: '25' }, expected: { ringLimitMs: 25_000 } },
  {
    name: 'promptingTimeout 0 is no limit',
    fields: { promptingTimeout: 0 },
    expected: { ringLimitMs: undefined },
  },
  // Priority and disposition.
  { name: 'priority', fields: { priority: 50 }, expected: { priority: 50 } },
  { name: 'priority as text', fields: { priority: '100' }, expected: { priority: 100 } },
  {
    name: 'a priority that only another field can have',
    fields: { priority: 2 ** 53, attachedData: attached({ priority: -1 }) },
    expected: { priority: undefined },
  },
  {
    name: 'priority attached, not @pri',
    fields: { attachedData: attached({ '@pri': 100, priority: 50 }) },
    expected: { priority: 50 },
  },
  {
    name: 'dispositionCode as a number',
    fields: { dispositionCode: 1000 },
    expected: { dispositionCode: '1000' },
  },
  {
    name: 'dispositionCode as text',
    fields: { dispositionCode: 'SALE' },
    expected: { dispositionCode: 'SALE' },
  },
  // Direction.
  { name: 'direction in', fields: { direction: 'in' }, expected: { direction: 'inbound' } },
  { name: 'direction out', fields: { direction: 'out' }, expected: { direction: 'outbound' } },
  {
    name: 'queueDirection alone',
    fields: { attachedData: attached({ queueDirection: 'in' }) },
    expected: { direction: 'inbound' },
  },
  // callState at Assigned is CS_INPROGRESS, CS_QUEUED or CS_IDLE, depending on the page.
  ...['CS_INPROGRESS', 'CS_QUEUED', 'CS_IDLE'].map((callState) => ({
    name: `callState ${callState} at Assigned changes nothing`,
    fields: { event: 'InteractionAssigned', callState },
    expected: { name: 'InteractionAssigned' },
  })),
  // Spelling of names.
  {
    name: 'InteractionDeAssigned, as the legacy page spells it',
    fields: { event: 'InteractionDeAssigned' },
    expected: { name: 'InteractionDeassigned' },
  },
  {
    name: 'originalInteractionGuid of a transfer',
    fields: { attachedData: attached({ originalInteractionGuid: 'int-1' }) },
    expected: { originalGuid: 'int-1' },
  },
  {
    name: 'queueTime in seconds',
    fields: { queueTime: T0 / 1_000 },
    expected: { queuedAt: T0 },
  },
];

suite('fields that bite', () => {
  for (const { name, fields, expected } of TRAPS) {
    test(name, () => {
      const event = readInteraction(fields);
      for (const [key, value] of Object.entries(expected)) {
        assert.deepEqual(event[key as keyof InteractionEvent], value as never, key);
      }
    });
  }

  test('every interaction event has the same keys in the same order', () => {
    const bare = Object.keys(readInteraction({}));
    const full = Object.keys(
      readInteraction({
        event: 'InteractionDeleted',
        agentId: AGENT,
        queueId: 1,
        attachedData: attached({ phoneNum: 1, callingName: 'A', que: 'a~~1' }),
        status: true,
      }),
    );
    assert.deepEqual(full, bare);
  });

  test('an interaction without a GUID becomes an event of its own name', () => {
    const event = read({ Interaction: { event: 'InteractionQueued', agentId: AGENT } });
    assert.deepEqual(event, {
      kind: 'other',
      name: 'InteractionQueued',
      at: T0,
      guid: undefined,
      agentId: AGENT,
    });
  });

  test('names and ids are bounded, without half a character at the cut', () => {
    const event = readInteraction({
      interactionGUID: 'g'.repeat(5_000),
      event: 'E'.repeat(5_000),
      attachedData: attached({ callingName: `${'a'.repeat(119)}😀 and more` }),
    });
    assert.equal(event.guid.length, 120);
    assert.equal(event.name.length, 120);
    assert.equal(event.caller?.name, 'a'.repeat(119));
  });
});

suite('agent events', () => {
  const status = (fields: Fields) =>
    read(
      { AgentStatusChange: { agentId: AGENT, newState: 5, msgInfo: { timestamp: T0 + 917 }, ...fields } },
      T0 + 950,
    );

  test("the sample of 8x8's event reference", () => {
    const event = read(
      {
        AgentStatusChange: {
          agentId: 'ag64oyEUb_Sk6bxVB9P5yaaa',
          msgInfo: { instanceId: 'example.8x8.com', sequenceId: 215, timestamp: 1669235544917 },
          newReasonCodeUser: '801=1722',
          newState: 5,
          newSubState: 'none',
          newSubStateReason: 'none',
          statusEventTS: 1669235544,
        },
      },
      1669235545000,
    );
    assert.deepEqual(event, {
      kind: 'agent-status',
      name: 'AgentStatusChange',
      at: 1669235544917,
      agentId: 'ag64oyEUb_Sk6bxVB9P5yaaa',
      status: 5,
      since: 1669235544000,
      reason: { listId: '801', itemId: '1722' },
      takesNoNewChats: false,
    });
  });

  test('all twelve codes are statuses, also in quotes', () => {
    for (let code = 0; code <= 11; code += 1) {
      assert.propertyVal(status({ newState: code }), 'status', code as never);
      assert.propertyVal(status({ newState: String(code) }), 'status', code as never);
    }
  });

  test('any other code is kept out', () => {
    for (const code of [-1, 12, 4.5, 'AVAILABLE', null, undefined, true, [4]]) {
      assert.equal(status({ newState: code }).kind, 'other', String(code));
    }
  });

  test('a status without an agent is kept out', () => {
    assert.equal(status({ agentId: undefined }).kind, 'other');
  });

  test('without statusEventTS the state began when it was told', () => {
    assert.propertyVal(status({}), 'since', (T0 + 917) as never);
  });

  test('a reason needs both halves', () => {
    for (const reason of ['none', '801', '801=', '=1722', '', 801, null]) {
      assert.propertyVal(status({ newReasonCodeUser: reason }), 'reason', undefined as never, String(reason));
    }
  });

  test('stopnew means no new chats', () => {
    assert.propertyVal(status({ newSubState: 'stopnew' }), 'takesNoNewChats', true as never);
  });

  test('a skill change names its agent, media and queue', () => {
    const event = read({
      AgentProvChange: {
        agentId: 'agUeZBQ3RnQTaL0qZZukNOaw',
        enabled: 'yes',
        event: 'AgentSkillChanged',
        msgInfo: {},
        skillId: 'tenant01-agUeZBQ3RnQTaL0qZZukNOaw-phone-529-f01e6bdb-75a2-4639-825c-91c0f5168258',
        tenantSkillId: 'tenant01-phone-529-b1e3e2f2-b01a-4a03-ba3d-f30859414d97',
      },
    });
    assert.deepEqual(event, {
      kind: 'agent-provision',
      name: 'AgentSkillChanged',
      at: T0,
      agentId: 'agUeZBQ3RnQTaL0qZZukNOaw',
      queueId: '529',
      media: 'phone',
      isEnabled: true,
    });
  });

  test('the invented sample of the getting-started page is shown by its name', () => {
    const event = read({
      eventId: 'evt_123456',
      eventType: 'agent.login',
      timestamp: '2025-10-15T09:30:00Z',
    });
    assert.deepEqual(event, {
      kind: 'other',
      name: 'agent.login',
      at: T0,
      guid: undefined,
      agentId: undefined,
    });
  });

  test('an unknown wrapper is shown by its own event or by its key', () => {
    assert.equal(read({ Sentiment: { event: 'SentimentChanged' } }).name, 'SentimentChanged');
    assert.equal(read({ Sentiment: { score: 3 } }).name, 'Sentiment');
    assert.equal(read({ Interaction: 7 }).name, 'Interaction');
    assert.equal(read({}).name, 'Empty');
  });

  test('keys that name the prototype are keys like any other', () => {
    const payload = JSON.parse(
      `{"__proto__":{"Interaction":{"interactionGUID":"x"}},"constructor":{"event":"toString"}}`,
    ) as Fields;
    assert.equal(read(payload).name, '__proto__');
    const inner = JSON.parse(`{"Interaction":{"interactionGUID":"${GUID}","event":"__proto__"}}`) as Fields;
    assert.equal(read(inner).name, '__proto__');
    assert.isUndefined(({} as Record<string, unknown>)['Interaction']);
  });
});
