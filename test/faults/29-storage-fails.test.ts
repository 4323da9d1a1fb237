import { assert } from '@open-wc/testing';
import { openPositionStore, type PositionStore } from '../../src/worker/position-store.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { Observer } from '../support/faults/model/observer.js';
import { assertHonest, world } from '../support/faults/model/world.js';

const denied = (): never => {
  throw new DOMException('denied', 'SecurityError');
};

/** A request that nobody ever answers. */
const silent = (): IDBFactory => ({ open: () => ({}) }) as unknown as IDBFactory;

const SHORT_MS = 20;

const BROKEN: Readonly<Record<string, () => Promise<PositionStore>>> = {
  'access denied': () => openPositionStore(denied, SHORT_MS),
  'an open that is never answered': () => openPositionStore(silent, SHORT_MS),
  missing: () => openPositionStore(() => undefined as unknown as IDBFactory, SHORT_MS),
};

faultSuite(29, () => {
  for (const [name, store] of Object.entries(BROKEN)) {
    faultTest(29, `storage: ${name}: said once, and the stream loses nothing`, async () => {
      const made = world();
      const { clock, service } = made;
      // The store's own time limit is real time.
      const opened = await store();
      const page = made.open({ store: () => Promise.resolve(opened) }).page;
      const observer = new Observer(page, service);
      await clock.advance(1_000);
      service.publish(5);
      await clock.advance(1_000);
      service.drop();
      service.publish(5);
      await clock.advance(20_000);
      assert.equal(page.diagnostics().storage.kind, 'memory');
      assert.deepEqual(
        page.errors.map(({ code }) => code),
        ['storage-unavailable'],
      );
      assert.lengthOf(page.events, 10);
      await assertHonest({ ...made, page, observer });
    });
  }
});
