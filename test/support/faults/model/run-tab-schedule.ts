/** A run of a schedule of several tabs to the end in virtual time, judged for what is lost, doubled, or told as if it came now. */
import { SharedStream, type SharingTab } from '../../../worker/support/shared-stream.js';
import type { Span } from '../../../worker/support/tab-browser.js';
import { TabPhases } from './tab-phases.js';
import type { TabAct, TabSchedule } from './tab-schedule.js';

const MAX_TABS = 4;
/** After a sleep, in which the worker has noticed it. */
const NETWORK_IS_BACK_MS = 1_200;

export async function runTabs({ acts, seed, skewMs }: TabSchedule): Promise<readonly string[]> {
  const world = new TabWorld(seed, skewMs);
  world.open();
  world.open();
  await world.shared.clock.advance(15_000);
  world.shared.broker.publish(3, false);
  await world.shared.clock.advance(15_000);
  for (const one of acts) {
    await world.shared.clock.advance(1);
    await world.perform(one);
  }
  return world.end();
}

class TabWorld {
  readonly shared: SharedStream;
  readonly #skewMs: number;
  readonly #asleep: Span[] = [];
  readonly #frozen = new Set<SharingTab>();
  #watched: TabPhases[] = [];
  readonly #failures: string[] = [];

  constructor(seed: number, skewMs: number) {
    this.shared = new SharedStream(seed, skewMs);
    this.shared.broker.window = 1_000;
    this.#skewMs = skewMs;
  }

  open(): void {
    if (this.#watched.length < MAX_TABS) this.#watched.push(new TabPhases(this.shared));
  }

  async perform(one: TabAct): Promise<void> {
    const { broker, clock, browser } = this.shared;
    const tab = 'tab' in one ? this.#watched[one.tab % Math.max(1, this.#watched.length)]?.tab : undefined;
    const leader = this.shared.alive.find(({ role }) => role === 'leader');
    switch (one.kind) {
      case 'publish':
        return broker.publish(one.count, false);
      case 'wait':
        return clock.advance(one.count);
      case 'refuse':
        broker.refusals = one.count;
        return;
      case 'slow':
        broker.slowMs = one.count;
        return;
      case 'flow':
        for (let ms = 0; ms < one.ms; ms += 10) {
          broker.publish(1, false);
          await clock.advance(10);
        }
        return;
      case 'sleep':
        if (!one.isSocketKept) broker.halfOpen();
        this.#asleep.push({ from: clock.now, until: clock.now + one.ms });
        clock.sleep(one.ms / 2);
        broker.publish(one.count, false);
        clock.sleep(one.ms / 2);
        broker.holdUp(NETWORK_IS_BACK_MS);
        return clock.advance(NETWORK_IS_BACK_MS);
      case 'join':
        return this.open();
      case 'drop':
        return broker.drop();
      case 'half-open':
        return broker.halfOpen();
      case 'unload':
        return broker.roll();
      case 'leader-dies':
        return this.#leave(leader, false);
      case 'leader-hangs':
        return leader?.tab.hang();
      case 'reload':
      case 'crash':
        this.#leave(tab, one.kind === 'reload');
        return this.open();
      case 'hang':
        return tab?.tab.hang();
      case 'thaw':
        return tab?.tab.thaw();
      case 'freeze':
        if (tab === undefined || this.#frozen.has(tab)) return;
        tab.tab.run(() => tab.stream.lifecycle('freeze'));
        browser.say(browser.lockNames[0] ?? '', { kind: 'frozen' });
        tab.tab.hang();
        this.#frozen.add(tab);
        return;
      case 'resume':
        return this.#resume(tab);
      case 'look':
        return tab?.tab.run(() => tab.stream.lifecycle('visible'));
      default:
        return one satisfies never;
    }
  }

  /** Everything goes on and comes to rest; then all of it must have been honest. */
  async end(): Promise<readonly string[]> {
    const { broker, clock } = this.shared;
    broker.heal();
    this.open();
    for (const { tab } of this.#watched) {
      tab.tab.thaw();
      this.#resume(tab);
    }
    await clock.advance(120_000);
    broker.publish(3, false);
    await clock.advance(30_000);
    for (const one of this.#watched) this.#judge(one, true);
    if (this.shared.sockets !== 1) this.#failures.push(`${this.shared.sockets} sockets at rest`);
    return [...this.#failures, ...broker.failures];
  }

  #resume(tab: SharingTab | undefined): void {
    if (tab === undefined || !this.#frozen.delete(tab)) return;
    tab.tab.thaw();
    tab.stream.lifecycle('resume');
  }

  #leave(tab: SharingTab | undefined, isTold: boolean): void {
    const left = this.#watched.find((one) => one.tab === tab);
    if (tab === undefined || left === undefined) return;
    if (isTold) tab.tab.run(() => tab.stream.close());
    this.#judge(left, false);
    this.#watched = this.#watched.filter((one) => one !== left);
    this.shared.kill(tab);
  }

  #judge(one: TabPhases, isAtRest: boolean): void {
    this.#failures.push(...one.tab.faults(this.shared.broker, isAtRest));
    this.#failures.push(...one.failures(this.#skewMs, this.#asleep));
  }
}
