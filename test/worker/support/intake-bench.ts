/** Intake alone, with everything that it makes happen written down. */
import type { Gap } from '../../../src/protocol/connection-status.js';
import type { ConsumerParameters } from '../../../src/protocol/stream-config.js';
import { ClockSkew } from '../../../src/worker/clock-skew.js';
import { Intake, type Normalise } from '../../../src/worker/intake.js';
import { formatMessageId, parseMessageId, type MessageId } from '../../../src/worker/message-id.js';
import type { Start } from '../../../src/worker/start-position.js';
import { SubscriptionRules } from '../../../src/worker/subscription-rules.js';

export const NOW = Date.UTC(2026, 10, 20, 9);
export const LATEST: Start = {
  messageId: 'latest',
  proof: { kind: 'settled' },
  coversFrom: 'now',
  first: undefined,
};
export const EARLIEST: Start = { ...LATEST, messageId: 'earliest', coversFrom: undefined };

export const id = (ledger: number, entry: number): MessageId => ({
  ledger,
  entry,
  partition: -1,
  batchIndex: -1,
});
export const text = (ledger: number, entry: number): string => formatMessageId(id(ledger, entry));

/** A start from which `last` must come again, `first` being where it begins to read. */
export const before = (last: MessageId, first = last): Start => ({
  messageId: '',
  proof: { kind: 'awaiting', last, start: { ...first, entry: first.entry - 1 } },
  coversFrom: NOW - 60_000,
  first,
});

export interface IntakeBench {
  readonly intake: Intake;
  readonly events: readonly string[];
  readonly answers: readonly string[];
  readonly gaps: readonly Gap[];
  readonly verdicts: readonly string[];
  readonly errors: readonly string[];
  readonly covers: readonly number[];
  readonly log: readonly string[];
  take(ledger: number, entry: number, agoMs?: number, payload?: string, redeliveryCount?: number): void;
}

export function bench(normalise?: Normalise, parameters?: ConsumerParameters): IntakeBench {
  const [events, answers, verdicts, errors, log]: string[][] = [[], [], [], [], []];
  const gaps: Gap[] = [];
  const covers: number[] = [];
  const intake = new Intake(
    {
      acknowledge: (messageId) => {
        answers?.push(messageId);
        log?.push('acknowledge');
      },
      sendBack: (messageId) => {
        answers?.push(`back ${messageId}`);
        log?.push('send back');
      },
      deliver: (event, messageId, _publishTime, phase) => {
        const { entry } = parseMessageId(messageId) ?? id(-1, -1);
        events?.push(`${event.name} ${entry} ${phase}`);
        log?.push('deliver');
      },
      taken: () => log?.push('taken'),
      coverFrom: (at) => covers.push(at - NOW),
      gap: (gap, at) => {
        gaps.push(gap);
        // As the model does: nothing is covered across a gap.
        covers.push(at - NOW);
      },
      settled: ({ kind }) => verdicts?.push(kind),
      readAgain: () => log?.push('read again'),
      positionFound: () => log?.push('position found'),
      caughtUp: () => intake.caughtUp(),
      endOfTopic: (isEnded) => log?.push(`end-of-topic ${isEnded}`),
      rejected: ({ code }) => errors?.push(code),
    },
    normalise ?? ((_payload, at) => ({ kind: 'other', name: 'E', at, guid: undefined, agentId: undefined })),
    new ClockSkew(),
    parameters && new SubscriptionRules(parameters),
  );
  return {
    intake,
    events: events ?? [],
    answers: answers ?? [],
    gaps,
    verdicts: verdicts ?? [],
    errors: errors ?? [],
    covers,
    log: log ?? [],
    take: (ledger, entry, agoMs = 0, payload = 'e30=', redeliveryCount = 0) => {
      const publishTime = new Date(NOW - agoMs).toISOString();
      const frame = { messageId: text(ledger, entry), payload, properties: {}, publishTime, redeliveryCount };
      intake.take(JSON.stringify(frame), NOW);
    },
  };
}
