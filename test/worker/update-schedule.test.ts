/** When a stream acts by itself: a host that writes down what it is told to do, and when. */
import { assert } from '@open-wc/testing';
import { UpdateSchedule } from '../../src/worker/update-schedule.js';
import { virtualPlatform, type VirtualClock } from './support/virtual-platform.js';

class Bench {
  readonly log: string[] = [];
  readonly clock: VirtualClock;
  readonly schedule: UpdateSchedule;
  savesAt: number | undefined;
  changesAt: number | undefined;
  onSend = (): void => undefined;
  readonly #startedAt: number;

  constructor() {
    const platform = virtualPlatform();
    this.clock = platform.clock;
    this.#startedAt = platform.now();
    this.schedule = new UpdateSchedule(platform, {
      savesAt: () => this.savesAt,
      save: () => {
        this.savesAt = undefined;
        this.#note('save');
      },
      changesAt: () => this.changesAt,
      send: () => {
        this.changesAt = undefined;
        this.#note('send');
        this.onSend();
      },
    });
  }

  /** An update goes out at 8 and is on screen at 10, which took so long; what follows is written down. */
  async draw(costMs: number): Promise<void> {
    this.touch();
    await this.clock.advance(10);
    assert.deepEqual(this.log.splice(0), ['send 8']);
    this.schedule.consumed(costMs, this.clock.now);
  }

  touch(): void {
    this.schedule.touch(this.clock.now);
  }

  #note(what: string): void {
    this.log.push(`${what} ${this.clock.now - this.#startedAt}`);
  }
}

suite('The schedule of a stream', () => {
  test('saves the place and sends nothing for that, though an update waits until it is paid for', async () => {
    const made = new Bench();
    made.savesAt = made.clock.now + 250;
    await made.draw(5_000);
    made.touch();
    await made.clock.advance(1_000);
    assert.deepEqual(made.log, ['save 250', 'send 1008']);
  });

  test('sends nothing because the place was saved', async () => {
    const made = new Bench();
    made.savesAt = made.clock.now + 250;
    await made.draw(1);
    await made.clock.advance(1_000);
    assert.deepEqual(made.log, ['save 250']);
  });

  test('saves nothing because an update went out', async () => {
    const made = new Bench();
    made.savesAt = made.clock.now + 250;
    await made.draw(1);
    made.touch();
    await made.clock.advance(1_000);
    assert.deepEqual(made.log, ['send 108', 'save 250']);
  });

  test('sends what time alone has changed, as soon after as anything', async () => {
    const made = new Bench();
    made.changesAt = made.clock.now + 500;
    made.onSend = () => {
      made.changesAt ??= made.clock.now + 400;
      made.onSend = () => undefined;
    };
    await made.draw(1);
    await made.clock.advance(1_000);
    assert.deepEqual(made.log, ['send 416']);
  });

  test('sends what changes while an update goes out with the next one', async () => {
    const made = new Bench();
    made.onSend = () => {
      made.onSend = () => undefined;
      made.touch();
    };
    await made.draw(1);
    await made.clock.advance(1_000);
    assert.deepEqual(made.log, ['send 108']);
  });

  test('does nothing once it is over, whatever is due or comes', async () => {
    const made = new Bench();
    made.savesAt = made.clock.now + 250;
    await made.draw(1);
    made.touch();
    made.schedule.end();
    made.touch();
    made.schedule.press();
    made.schedule.consumed(1, made.clock.now);
    assert.equal(made.clock.pending, 0);
    await made.clock.advance(1_000);
    assert.isEmpty(made.log);
  });
});
