import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { world } from '../support/faults/model/world.js';

faultSuite(1, () => {
  faultTest(1, '5,000 waiting messages all come, in order, never more than 1000 unanswered', async () => {
    const { clock, service, open } = world();
    service.publish(5_000);
    const { page, observer } = open({ rule: { kind: 'earliest' } });
    await clock.advance(30_000);
    const [session] = service.sessions;
    assert.equal(page.events.length, 5_000);
    assert.isAtMost(session?.maxPending ?? Infinity, 1_000);
    assert.equal(session?.answers.length, 5_000);
    assert.deepEqual(observer.judge(), []);
  });

  faultTest(1, 'the service that this is shown with stops at exactly 1000 unanswered messages', async () => {
    const { clock, service, open } = world();
    service.isDeafToAnswers = true;
    service.publish(5_000);
    const { page } = open({ rule: { kind: 'earliest' } });
    await clock.advance(30_000);
    assert.equal(page.events.length, 1_000);
  });
});
