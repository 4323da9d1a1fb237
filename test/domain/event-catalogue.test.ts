/** Every event name has a meaning, and a name that nobody knows yet is shown by its words. */
import { assert } from '@open-wc/testing';
import { definitionOf, knownEventNames, type Announce } from '../../src/domain/catalogue.js';
import { eventWords } from '../../src/domain/event-words.js';
import type { IconName, Tone } from '../../src/protocol/views.js';

/** 8x8's event reference, "Event types by category", and how each is shown. */
const EXPECTED: Readonly<Record<string, readonly [IconName | 'media', Tone, Announce, 'technical'?]>> = {
  InteractionCreated: ['media', 'neutral', 'never'],
  InteractionQueued: ['queue', 'neutral', 'never'],
  InteractionAssigned: ['ring', 'ring', 'once'],
  InteractionAccepted: ['talk', 'busy', 'always'],
  InteractionCustomerAccepted: ['talk', 'busy', 'always'],
  InteractionRejected: ['missed', 'warn', 'always'],
  InteractionUnqueued: ['leave', 'neutral', 'never'],
  InteractionQueueTimeout: ['timeout', 'warn', 'never'],
  LineHoldStatus: ['hold', 'hold', 'never'],
  LineMuteStatus: ['mute', 'neutral', 'never'],
  InteractionRecordingStarted: ['recording', 'neutral', 'never'],
  RecordingStatus: ['recording', 'neutral', 'never'],
  InteractionRecordingReady: ['recording', 'neutral', 'never'],
  InteractionPostProcess: ['wrap-up', 'hold', 'never'],
  InteractionEndPostProcess: ['done', 'neutral', 'never'],
  InteractionDeassigned: ['dot', 'neutral', 'never', 'technical'],
  InteractionDeleted: ['end', 'neutral', 'ends-card'],
  InteractionTransferRequest: ['transfer', 'neutral', 'never'],
  InteractionParticipantChange: ['people', 'neutral', 'never'],
  InteractionParticipantRemovedByHost: ['people', 'neutral', 'never'],
  InteractionJoinLinesRequest: ['people', 'neutral', 'never'],
  InteractionJoined: ['people', 'neutral', 'never'],
  InteractionReconnect: ['people', 'neutral', 'never'],
  InteractionChanged: ['dot', 'neutral', 'never', 'technical'],
  GuestChatEnd: ['chat', 'neutral', 'always'],
  AgentStatusChange: ['status', 'neutral', 'not-own-work'],
  AgentProvChange: ['skill', 'neutral', 'never'],
  AgentSkillCreated: ['skill', 'neutral', 'never'],
  AgentSkillChanged: ['skill', 'neutral', 'never'],
  MediaProxyAdded: ['dot', 'neutral', 'never', 'technical'],
  MediaProxyRemoved: ['dot', 'neutral', 'never', 'technical'],
  ClientCheck: ['dot', 'neutral', 'never', 'technical'],
};

suite('event catalogue', () => {
  for (const [name, [icon, tone, announce, technical]] of Object.entries(EXPECTED)) {
    test(`${name} is known in any case`, () => {
      for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
        const definition = definitionOf(spelling);
        assert.equal(definition.name, name);
        assert.deepEqual(
          [definition.icon, definition.tone, definition.announce, definition.isTechnical],
          [icon, tone, announce, technical === 'technical'],
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
