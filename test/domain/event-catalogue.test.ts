/** Every event name has a meaning, and a name that nobody knows yet is shown by its words. */
import { assert } from '@open-wc/testing';
import { definitionOf, knownEventNames } from '../../src/domain/catalogue.js';
import { eventWords } from '../../src/domain/event-words.js';
import type { IconName, Tone } from '../../src/protocol/views.js';

/** 8x8's event reference, "Event types by category", and how each is shown. */
const EXPECTED: Readonly<Record<string, readonly [IconName | 'media', Tone, 'technical'?]>> = {
  InteractionCreated: ['media', 'neutral'],
  InteractionQueued: ['queue', 'neutral'],
  InteractionAssigned: ['ring', 'ring'],
  InteractionAccepted: ['talk', 'busy'],
  InteractionCustomerAccepted: ['talk', 'busy'],
  InteractionRejected: ['missed', 'warn'],
  InteractionUnqueued: ['leave', 'neutral'],
  InteractionQueueTimeout: ['timeout', 'warn'],
  LineHoldStatus: ['hold', 'hold'],
  LineMuteStatus: ['mute', 'neutral'],
  InteractionRecordingStarted: ['recording', 'neutral'],
  RecordingStatus: ['recording', 'neutral'],
  InteractionRecordingReady: ['recording', 'neutral'],
  InteractionPostProcess: ['wrap-up', 'hold'],
  InteractionEndPostProcess: ['done', 'neutral'],
  InteractionDeassigned: ['dot', 'neutral', 'technical'],
  InteractionDeleted: ['end', 'neutral'],
  InteractionTransferRequest: ['transfer', 'neutral'],
  InteractionParticipantChange: ['people', 'neutral'],
  InteractionParticipantRemovedByHost: ['people', 'neutral'],
  InteractionJoinLinesRequest: ['people', 'neutral'],
  InteractionJoined: ['people', 'neutral'],
  InteractionReconnect: ['people', 'neutral'],
  InteractionChanged: ['dot', 'neutral', 'technical'],
  GuestChatEnd: ['chat', 'neutral'],
  AgentStatusChange: ['status', 'neutral'],
  AgentProvChange: ['skill', 'neutral'],
  AgentSkillCreated: ['skill', 'neutral'],
  AgentSkillChanged: ['skill', 'neutral'],
  MediaProxyAdded: ['dot', 'neutral', 'technical'],
  MediaProxyRemoved: ['dot', 'neutral', 'technical'],
  ClientCheck: ['dot', 'neutral', 'technical'],
};

suite('event catalogue', () => {
  for (const [name, [icon, tone, technical]] of Object.entries(EXPECTED)) {
    test(`${name} is known in any case`, () => {
      for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
        const definition = definitionOf(spelling);
        assert.equal(definition.name, name);
        assert.deepEqual(
          [definition.icon, definition.tone, definition.isTechnical],
          [icon, tone, technical === 'technical'],
        );
      }
    });
  }

  test('the catalogue knows these names and no other', () => {
    assert.sameMembers([...knownEventNames()], Object.keys(EXPECTED));
  });

  test('a name that is not in it has no meaning but is not technical', () => {
    for (const name of ['InteractionSentimentChanged', '', '__proto__', 'constructor', 'x'.repeat(10_000)]) {
      assert.equal(definitionOf(name).role, 'by-name', name);
      assert.isFalse(definitionOf(name).isTechnical, name);
    }
  });

  const WORDS: readonly (readonly [string, string])[] = [
    ['InteractionSentimentChanged', 'Interaction sentiment changed'],
    ['agent.login', 'Agent login'],
    ['CRMRecordUpdated', 'CRM record updated'],
    ['QUEUE_CLOSED', 'QUEUE CLOSED'],
    ['recordingSentToCRM', 'Recording sent to CRM'],
    ['a', 'A'],
    ['', ''],
    ['--', ''],
    ['__proto__', 'Proto'],
    ['InteractionV2', 'Interaction V2'],
  ];
  for (const [name, words] of WORDS) {
    test(`“${name}” reads “${words}”`, () => {
      assert.equal(eventWords(name), words);
    });
  }
});
