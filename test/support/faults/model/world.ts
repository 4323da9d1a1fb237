/** A topic, its service and one page on it, in virtual time: what most rows begin with. */
import { assert } from '@open-wc/testing';
import { VirtualClock } from '../../../worker/support/virtual-platform.js';
import { Observer } from './observer.js';
import { ModelService, type ServiceOptions } from './service.js';
import { VirtualPage, type Visit } from './virtual-page.js';

export const NINE_O_CLOCK = Date.UTC(2026, 10, 20, 9);

export interface World {
  readonly clock: VirtualClock;
  readonly service: ModelService;
  /** A visit, and what is to be said about it. */
  open(visit?: Partial<Visit>): { readonly page: VirtualPage; readonly observer: Observer };
}

export function world(options: Omit<ServiceOptions, 'clock'> = {}): World {
  const clock = new VirtualClock(NINE_O_CLOCK);
  const service = new ModelService({ clock, ...options });
  return {
    clock,
    service,
    open: (visit = {}) => {
      const page = new VirtualPage(clock, service, { ...visit, seed: options.seed ?? visit.seed ?? 1 });
      return { page, observer: new Observer(page, service) };
    },
  };
}

export interface LiveWorld extends World {
  readonly page: VirtualPage;
  readonly observer: Observer;
}

/** Three messages came, and the session is old enough to count as healthy. */
export async function liveWorld(
  options: Omit<ServiceOptions, 'clock'> = {},
  visit: Partial<Visit> = {},
): Promise<LiveWorld> {
  const made = world(options);
  const opened = made.open(visit);
  await made.clock.advance(1_000);
  made.service.publish(3);
  await made.clock.advance(14_000);
  assert.equal(opened.page.diagnostics().state, 'live', 'a page on a healthy service');
  return { ...made, ...opened };
}

/** Publishes once more and lets everybody come to rest; then the whole visit must have been honest. */
export async function assertHonest({ clock, service, observer }: LiveWorld): Promise<void> {
  service.heal();
  await clock.advance(60_000);
  service.publish(1);
  await clock.advance(5_000);
  assert.deepEqual(observer.judge(), []);
}
