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
    lost({ kind: 'blocked', by: 'policy', source: 'wss://a.example' }),
    /policy.*connect-src wss:\/\/a\.example/,
  ],
  'mixed content': [
    lost({ kind: 'blocked', by: 'mixed-content', source: 'ws://a.example' }),
    /^An https page needs a wss: endpoint\.(?!.*connect-src).*changes its endpoint/,
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
  connecting: [{ kind: 'connecting', since: 0 }, /has come about yet.*given up after 45 s.*by itself/],
  'disconnected by the page': [
    { kind: 'idle', since: 0, reason: 'disconnected' },
    /page has ended.*nothing new comes until “Connect”/,
  ],
  'no worker': [{ kind: 'idle', since: 0, reason: 'no-worker' }, /could not start.*tries again by itself/],
  'silent for long': [lost({ kind: 'silence' }), /Nothing came for a long time.*connects anew/],
  'a page that does not draw': [lost({ kind: 'no-room' }), /does not draw.*connects anew.*when it does/],
  'away for a while': [lost({ kind: 'lifecycle' }), /made anew.*asks for what it missed/],
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

  test('all is well is said of no connection but an open one', () => {
    assert.isUndefined(troubleOf({ kind: 'catching-up', since: 0, taken: 1 }, true, wording));
    for (const cause of [{ kind: 'silence' }, { kind: 'lifecycle' }, { kind: 'no-room' }] as const)
      assert.isNotEmpty(troubleOf(lost(cause), false, wording)?.face.title, cause.kind);
    assert.isNotEmpty(troubleOf({ kind: 'idle', since: 0 }, false, wording)?.face.title);
  });

  test('how long it has been connecting is said by the second, whatever has failed meanwhile', () => {
    const title = (now: number): string | undefined =>
      troubleOf({ kind: 'connecting', since: 5_000 }, false, wording, false, now)?.face.title;
    assert.equal(title(37_000), 'Connecting for 32 s.');
    assert.equal(title(100_000), 'Connecting for 1 min.');
  });
});
