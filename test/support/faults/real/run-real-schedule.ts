/**
 * A schedule done to a real page: the same acts as in virtual time, by the proxy, the admin API and the document. Long waits
 * are shortened by the worker's clock; what no page can be made to do is left out and said at its act.
 */
import type { Act, Schedule } from '../model/schedule.js';
import { SchedulePage } from './schedule-page.js';

/** More, and a service on a busy computer is taken for one that does not know the position: it has 10 s of the worker's time. */
const FACTOR = 10;
/** Of real time. */
const MAX_WAIT_MS = 2_000;
/** A worker that is dead is noticed in 15 s of the page's time, which nothing shortens; Firefox may hold a dial back for 52 s. */
const BARRIER_MS = 90_000;
/** Each may last 45 s of the worker's time. */
const MAX_HANGING = 2;
const BUSY_MS = 200;

export interface RealOutcome {
  readonly failures: readonly string[];
  readonly gaps: readonly string[];
  readonly published: number;
  readonly delivered: number;
}

export async function runReally({ acts, rule }: Schedule): Promise<RealOutcome> {
  const page = await SchedulePage.open(rule, FACTOR);
  try {
    for (const act of acts) {
      page.visit.look();
      await perform(act, page);
    }
    await page.heal();
    page.hide(false);
    await page.passBarrier(BARRIER_MS);
    return {
      failures: await page.judge(),
      gaps: page.visits.flatMap(({ gaps }) => gaps),
      published: page.known.newest + 1,
      delivered: page.visits.reduce((sum, { delivered }) => sum + delivered, 0),
    };
  } finally {
    await page.close();
  }
}

async function perform(act: Act, page: SchedulePage): Promise<void> {
  const { known, network, host, time, service } = page;
  switch (act.kind) {
    case 'publish':
      return known.publish(act.count, act.isBatch);
    case 'wait':
      return sleep(act.ms);
    case 'drop':
      return network.fault({ fault: 'end', ending: 'reset' });
    case 'half-open':
      return network.fault({ fault: 'end', ending: 'half-open' });
    case 'drop-after':
      return network.fault({
        fault: 'cut',
        ending: 'reset',
        unit: 'frames',
        count: act.count,
        isTorn: act.count % 2 === 0,
      });
    case 'repeat-tail':
      return network.fault({ fault: 'replay', when: 'now', count: act.count });
    case 'repeat-at-dial':
      return network.fault({ fault: 'replay', when: 'at-dial', count: act.count });
    case 'spoil':
      return network.fault({ fault: 'corrupt', how: act.how, count: act.count });
    case 'refuse':
      return network.fault({ fault: 'greet', greeting: 'refuse', count: act.count });
    case 'hang':
      return network.fault({ fault: 'greet', greeting: 'hang', count: Math.min(act.count, MAX_HANGING) });
    case 'stall':
    case 'jam':
    case 'silence': {
      const delayMs = (act.ms * { stall: 1, jam: 3, silence: 6 }[act.kind]) / FACTOR;
      await network.fault({ fault: 'slow', delayMs });
      await sleep(act.ms);
      return network.fault({ fault: 'slow', delayMs: 0 });
    }
    case 'roll':
      return known.unload();
    case 'trim':
      return page.whileAway(() => known.trim());
    case 'recreate':
      return page.whileAway(() => known.recreate());
    case 'restart':
      // A broker takes half a minute.
      if (service.kind === 'pulsar') return known.unload();
      known.hangUp();
      return service.restart();
    case 'sleep':
      return time.sleep(act.ms * 200);
    case 'wake':
      return page.hide(false);
    case 'hide':
      return page.hide(true);
    case 'offline':
      host.window.dispatchEvent(new Event('offline'));
      return;
    case 'retry':
      host.window.dispatchEvent(new Event('online'));
      return;
    case 'busy':
      return busy();
    case 'worker-dies':
      return page.endWorker();
    case 'reload':
      // A page that has just begun cannot know what was sent before it, and says so by a gap.
      await network.fault({ fault: 'replay', when: 'at-dial', count: 0 });
      return page.reload(act.keeps);
    case 'idle':
    case 'new-key':
    case 'flow':
    case 'slow':
      // The page is never idle for long, and another key is another stream to it; no generator draws the last two.
      return;
    default:
      return act satisfies never;
  }
}

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(ms / FACTOR, MAX_WAIT_MS)));

/** The main thread does nothing else. */
function busy(): void {
  const until = performance.now() + BUSY_MS;
  while (performance.now() < until);
}
