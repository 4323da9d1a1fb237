/** Worry: is a client without the right credential kept out, and told apart from one that is not allowed? */
import { strict as assert } from 'node:assert';
import { before, suite, test } from 'node:test';
import { signToken } from '../../demo/pulsar/token.js';
import { dial } from '../support/service/socket.js';
import type { Access } from '../support/service/service.js';
import { serviceKind } from '../support/service/service.js';
import { needsOwnService, onlyOn, useService } from '../support/service/use-service.js';

const SECRET = 'a secret for contract tests only, 32 bytes at least';
const KEY = 'eght_contract-test-key';
const foreignOrigin = { origin: 'https://foreign.example' };

suite('access', { skip: needsOwnService() }, () => {
  const access: Access =
    serviceKind() === 'pulsar' ? { kind: 'token', secret: SECRET } : { kind: 'api-key', key: KEY };
  const file = useService({ access, skip: needsOwnService() });

  /** Status of a reader's handshake, 101 when it opened. */
  async function statusFor(
    rawQuery: string,
    options: { readonly topic?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<number> {
    const { topic = file.freshTopic(), headers } = options;
    const url = file.service.url({ kind: 'reader', topic }, {}, rawQuery);
    const answer = await dial(url, { headers: { ...foreignOrigin, ...headers } });
    if (answer.kind === 'refused') return answer.status;
    await answer.socket.close();
    return 101;
  }

  test('a consumer and a producer without a credential are answered with 401', async () => {
    const topic = file.freshTopic();
    for (const endpoint of [
      { kind: 'consumer', topic, subscription: 's' },
      { kind: 'producer', topic },
    ] as const) {
      assert.equal((await file.service.refusal(endpoint)).status, 401, endpoint.kind);
    }
  });

  suite('by token', { skip: onlyOn('pulsar', "tokens are stock Pulsar's, 8x8's keys are x-api-key") }, () => {
    before(() => file.service.admin.grantPermission(file.namespace, 'reader', ['consume']));
    const token = (subject: string, secret = SECRET): string => `token=${signToken(secret, subject)}`;

    test('no token is answered with 401', async () => {
      assert.equal(await statusFor(''), 401);
    });

    test('a token that is no JWT, or signed with another secret, is answered with 401', async () => {
      assert.equal(await statusFor('token=nonsense'), 401);
      assert.equal(await statusFor(token('reader', 'another secret that is long enough, 32 bytes')), 401);
    });

    test('a token of a role that was not granted the namespace is answered with 403', async () => {
      assert.equal(await statusFor(token('stranger')), 403);
    });

    test('a token of a role that was granted the namespace opens', async () => {
      assert.equal(await statusFor(token('reader')), 101);
    });

    test('a role that may only consume is answered with 403 as a producer', async () => {
      const query = { token: signToken(SECRET, 'reader') };
      const refusal = await file.service.refusal({ kind: 'producer', topic: file.freshTopic() }, query);
      assert.equal(refusal.status, 403);
    });

    test('the token may come in the Authorization header', async () => {
      const headers = { authorization: `Bearer ${signToken(SECRET, 'reader')}` };
      assert.equal(await statusFor('', { headers }), 101);
    });

    test('x-api-key alone is answered with 401', async () => {
      assert.equal(await statusFor(`x-api-key=${KEY}`), 401);
    });
  });

  suite('by x-api-key', { skip: onlyOn('stand-in', "x-api-key is 8x8's own, stock Pulsar has none") }, () => {
    test('no key is answered with 401', async () => {
      assert.equal(await statusFor(''), 401);
    });

    test('a wrong key is answered with 401', async () => {
      assert.equal(await statusFor('x-api-key=eght_wrong'), 401);
    });

    test('the name is lower case: X-API-Key as a parameter is answered with 401', async () => {
      assert.equal(await statusFor(`X-API-Key=${KEY}`), 401);
    });

    test('the right key opens', async () => {
      assert.equal(await statusFor(`x-api-key=${KEY}`), 101);
    });

    test('the right key may come in the header X-API-Key', async () => {
      assert.equal(await statusFor('', { headers: { 'X-API-Key': KEY } }), 101);
    });

    test('the right key for another tenant is answered with 403', async () => {
      assert.equal(await statusFor(`x-api-key=${KEY}`, { topic: 'other/agent-v1/topic' }), 403);
    });
  });
});
