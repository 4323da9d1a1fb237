/** Each symptom of the service's troubleshooting page has a face of its own, and nothing else has one. */
import { assert } from '@open-wc/testing';
import { troubleOf } from '../../src/elements/trouble.js';
import { en } from '../../src/i18n/en.js';
import { createWording } from '../../src/i18n/wording.js';
import type { ConnectionStatus, DropCause } from '../../src/protocol/connection-status.js';

const wording = createWording(en, 'en-GB', 'UTC');
const tries = { since: 0, attempt: 3, retryAt: 1 } as const;
const lost = (cause: DropCause): ConnectionStatus => ({ ...tries, kind: 'reconnecting', cause });
const never: DropCause = { kind: 'never-opened', host: 'reachable' };

const SYMPTOMS: Readonly<Record<string, readonly [ConnectionStatus, RegExp]>> = {
  offline: [{ kind: 'offline', since: 0, retryAt: 1 }, /offline.*by itself/],
  'host unreachable': [lost({ kind: 'never-opened', host: 'unreachable' }), /VPN, proxy or firewall.*443/],
  refused: [
    { ...tries, kind: 'auth-suspected', cause: never },
    /key, the tenant name, the key’s permission, the topic/,
  ],
  'no reason known': [{ ...tries, kind: 'cannot-connect', cause: never }, /browser hides the reason/],
  'blocked by policy': [
    lost({ kind: 'blocked', source: 'wss://a.example' }),
    /policy.*connect-src wss:\/\/a\.example/,
  ],
  timeout: [lost({ kind: 'connect-timeout' }), /No answer within 45 s/],
  'dead connection': [lost({ kind: 'keepalive-timeout' }), /Nothing came back/],
  'closed with a code': [
    lost({ kind: 'closed', code: 1013, reason: 'x' }),
    /connection was lost.*1013 overloaded/,
  ],
  'held back by the browser': [
    { ...tries, kind: 'reconnecting', cause: never, heldUntil: 1 },
    /connection was lost.*After failures the browser probably waits/,
  ],
  'refused after it had worked': [lost(never), /connection was lost.*asks for what it missed/],
  'closed with a code of its own': [lost({ kind: 'closed', code: 4000, reason: 'tea' }), /4000 tea/],
  'no key': [lost({ kind: 'no-credential' }), /page gave no key/],
  unstable: [{ ...tries, kind: 'unstable', cause: never }, /keeps dropping/],
  'too big': [{ kind: 'failed', since: 0, cause: never }, /too big/],
  'end of topic': [{ kind: 'ended', since: 0 }, /nothing more will come/],
};

suite('what is the matter with the connection', () => {
  for (const [symptom, [connection, words]] of Object.entries(SYMPTOMS)) {
    test(symptom, () => {
      const { face, fact } = troubleOf(connection, false, wording) ?? {};
      assert.match(`${face?.title} ${face?.text} ${fact ?? ''}`, words);
    });
  }

  test('connected and silent from the start is a hint at region and agent', () => {
    const live: ConnectionStatus = { kind: 'live', since: 0 };
    assert.match(troubleOf(live, true, wording)?.face.text ?? '', /check region and agent id/);
    assert.isUndefined(troubleOf(live, false, wording));
  });

  test('nothing is said of a browser that holds nothing back', () => {
    for (const heldUntil of [undefined, 0]) {
      const connection = { ...tries, kind: 'reconnecting', cause: never, heldUntil } as const;
      assert.notInclude(troubleOf(connection, false, wording)?.face.text, 'browser');
    }
  });

  test('what passes by itself is no trouble', () => {
    for (const cause of [{ kind: 'silence' }, { kind: 'lifecycle' }, { kind: 'no-room' }] as const)
      assert.isUndefined(troubleOf(lost(cause), false, wording), cause.kind);
    assert.isUndefined(troubleOf({ kind: 'connecting', since: 0 }, true, wording));
  });
});
