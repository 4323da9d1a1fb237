/** Each symptom of the service's troubleshooting page has a face of its own, and nothing else has one. */
import { assert } from '@open-wc/testing';
import { troubleOf } from '../../src/elements/trouble.js';
import { en } from '../../src/i18n/en.js';
import { toldText, type Told } from '../../src/i18n/told.js';
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
  timeout: [lost({ kind: 'connect-timeout' }), /No answer came in time/],
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
    /page has ended.*Nothing new comes until “Connect”/,
  ],
  'no worker': [{ kind: 'idle', since: 0, reason: 'no-worker' }, /could not start.*tries again by itself/],
  'silent for long': [lost({ kind: 'silence' }), /Nothing came for a long time.*connects anew/],
  'a page that does not draw': [lost({ kind: 'no-room' }), /does not draw.*connects anew.*when it does/],
  'away for a while': [lost({ kind: 'lifecycle' }), /made anew.*asks for what it missed/],
  'end of topic': [{ kind: 'ended', since: 0 }, /nothing more will come/],
};

/** By kind, so that a cause or a state that is new does not compile until it is here. */
type EachOf<T extends { readonly kind: string }> = {
  readonly [K in T['kind']]: readonly Extract<T, { readonly kind: K }>[];
};

const CAUSES: EachOf<DropCause> = {
  closed: [{ kind: 'closed', code: 1006, reason: '' }],
  'never-opened': [
    { kind: 'never-opened' },
    never,
    { kind: 'never-opened', host: 'unknown' },
    { kind: 'never-opened', host: 'unreachable' },
  ],
  'no-credential': [{ kind: 'no-credential' }],
  'connect-timeout': [{ kind: 'connect-timeout' }],
  'keepalive-timeout': [{ kind: 'keepalive-timeout' }],
  blocked: [
    { kind: 'blocked', by: 'policy', source: 'wss://a.example' },
    { kind: 'blocked', by: 'mixed-content', source: 'ws://a.example' },
  ],
  silence: [{ kind: 'silence' }],
  'no-room': [{ kind: 'no-room' }],
  lifecycle: [{ kind: 'lifecycle' }],
};
const causes: readonly DropCause[] = Object.values(CAUSES).flat();

const STATES: EachOf<ConnectionStatus> = {
  idle: [
    { kind: 'idle', since: 0 },
    { kind: 'idle', since: 0, reason: 'disconnected' },
    { kind: 'idle', since: 0, reason: 'no-worker' },
  ],
  connecting: [{ kind: 'connecting', since: 0 }],
  'catching-up': [{ kind: 'catching-up', since: 0, taken: 1 }],
  live: [{ kind: 'live', since: 0 }],
  reconnecting: causes.map((cause) => ({ ...tries, kind: 'reconnecting', cause })),
  unstable: causes.map((cause) => ({ ...tries, kind: 'unstable', cause })),
  'cannot-connect': causes.map((cause) => ({ ...tries, kind: 'cannot-connect', cause })),
  'auth-suspected': causes.map((cause) => ({ ...tries, kind: 'auth-suspected', cause })),
  offline: [{ kind: 'offline', since: 0, retryAt: undefined }],
  failed: causes.map((cause) => ({ kind: 'failed', since: 0, cause })),
  ended: [{ kind: 'ended', since: 0 }],
};

const SENTENCES = /^[\p{Lu}“].*[.:]$/u;

function assertWhole({ title = '', why = '', works = '', next = '' }: Partial<Told>, of: string): void {
  // A title may be made where it is said.
  if (of !== 'gap') assert.match(why || title, SENTENCES, `${of}: what happened`);
  assert.match(works, SENTENCES, `${of}: what still works`);
  assert.match(next, SENTENCES, `${of}: what happens next`);
}

suite('whatever is the matter, all three parts of it are said', () => {
  test('in the catalogue', () => {
    for (const [key, told] of Object.entries(en.troubles)) assertWhole(told, key);
    assertWhole(en.storageOnMemory, 'storage');
    assertWhole(en.lostDetail, 'gap');
  });

  test('in each state, for each cause, of readers and subscriptions; and no words are there in vain', () => {
    const unsaid = new Set(Object.keys(en.troubles));
    for (const connection of Object.values(STATES).flat()) {
      for (const hasSubscription of [false, true]) {
        const { face } = troubleOf(connection, true, wording, hasSubscription) ?? {};
        const name = JSON.stringify(connection);
        if (connection.kind === 'catching-up') assert.isUndefined(face, name);
        else {
          assert.match(face?.title ?? '', SENTENCES, name);
          const said = Object.entries(en.troubles).filter(
            ([, told]) => toldText({ ...told, title: '' }) === face?.text,
          );
          assert.isNotEmpty(said, `${name}: ${face?.text}`);
          for (const [key] of said) unsaid.delete(key);
        }
      }
    }
    assert.deepEqual([...unsaid], []);
  });
});

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
