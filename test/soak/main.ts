/**
 * `npm run soak [-- --minutes 10] [--seed 7] [--service stand-in|pulsar] [--only words] [--verbose]`: three tabs of a
 * real Chromium on a service behind a network with every fault at random. Prints what was published and what came, and
 * fails when anything was lost, came twice, or was called lost for no reason, and when the tabs do not share one
 * socket in the end.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Random } from '../../demo/server/simulation/random.js';
import { slopeOf, type HeapSample } from './heap.js';
import { NETWORK_FAULTS, type Fault } from './network-faults.js';
import { Soak } from './soak.js';
import { TAB_FAULTS } from './tab-faults.js';
import { judgeTab } from './tab-record.js';

const HEAP_EVERY_MS = 10_000;
const MAX_TIMELINE = 40;
/** A worker that hangs is replaced within 15 s, a dial that hangs is given up after 45 s. */
const RECOVERY_MS = 120_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    service: { type: 'string', default: 'stand-in' },
    verbose: { type: 'boolean', default: false },
    /** Only faults whose name contains one of these, between commas: to find what an unlucky run has shown. */
    only: { type: 'string', default: '' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes is a number above 0');
const kind = values.service;
if (kind !== 'stand-in' && kind !== 'pulsar') throw new Error('--service is stand-in or pulsar');

console.log(`soak: ${minutes} min on ${kind}, seed ${values.seed}`);
const random = new Random(values.seed);
const soak = await Soak.start(kind);
const struck = new Map<string, number>();
/** What struck last, for a run that fails. */
const timeline: string[] = [];
const heap: HeapSample[] = [];
const problems: string[] = [];
try {
  await run();
  report();
} finally {
  await soak.stop();
}
process.exit(problems.length === 0 ? 0 : 1);

async function run(): Promise<void> {
  const endsAt = Date.now() + minutes * 60_000;
  const stop = new AbortController();
  const publishing = soak.publishUntil(stop.signal, random.stream('rates'));
  const sampling = sampleUntil(stop.signal);
  const faults = [...NETWORK_FAULTS, ...TAB_FAULTS].filter(
    (one) =>
      values.only.split(',').some((words) => one.name.includes(words)) &&
      (kind === 'stand-in' || one.isStandInOnly !== true),
  );
  const chance = random.stream('faults');
  try {
    while (Date.now() < endsAt) {
      await sleep(chance.between(500, 6_000));
      await strike(choose(faults, chance), chance);
    }
  } finally {
    stop.abort();
    await Promise.all([publishing, sampling]);
  }
  await soak.heal();
  // A page that was hidden for minutes has a timer a minute, and takes minutes to replace a worker that hangs.
  for (const tab of soak.tabs) await tab.show();
  await soak.publisher.publish(1);
  await soak
    .untilAllShown(RECOVERY_MS)
    .then(() => soak.untilOneSocket(RECOVERY_MS))
    .catch((error: unknown) => problems.push(String(error)));
}

async function strike(fault: Fault, chance: Random): Promise<void> {
  struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1);
  const line = `${new Date().toISOString()} ${fault.name} (${soak.publisher.published.length} published)`;
  timeline.push(line);
  if (timeline.length > MAX_TIMELINE) timeline.shift();
  if (values.verbose) console.log(line);
  try {
    await fault.strike(soak, chance);
  } catch (error) {
    problems.push(`${new Date().toISOString()} ${fault.name}: ${String(error)}`);
  }
  await soak.heal();
}

function choose(faults: readonly Fault[], chance: Random): Fault {
  let left = chance.between(
    0,
    faults.reduce((sum, { weight }) => sum + weight, 0),
  );
  const found = faults.find(({ weight }) => (left -= weight) < 0) ?? faults[0];
  if (found === undefined) throw new Error('there are no faults');
  return found;
}

async function sampleUntil(signal: AbortSignal): Promise<void> {
  const [first] = soak.tabs;
  while (!signal.aborted && first !== undefined) {
    // A frozen page answers when it is thawed.
    await first.heap().then(
      (sample) => heap.push(sample),
      (error: unknown) => console.log(`no heap sample: ${String(error)}`),
    );
    await sleep(HEAP_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

function report(): void {
  const { published } = soak.publisher;
  const { dialsAt, mostAtOnce, spoilt } = soak.proxy.state;
  const idsOf = (said: 'named' | 'nameless'): ReadonlySet<string> =>
    new Set(spoilt.filter((one) => one.said === said).map(({ messageId }) => messageId));
  const spoiltIds = { named: idsOf('named'), nameless: idsOf('nameless') };
  console.log(
    `\npublished ${published.length}, dials ${dialsAt.length}, most sockets at once ${mostAtOnce}, messages spoilt ${spoilt.length}`,
  );
  for (const tab of [...soak.tabs, ...soak.closedTabs]) {
    // What was on its way to a tab that closed is nobody's loss.
    const until = tab.closedAt === undefined ? published.length : tab.from;
    const figures = judgeTab(published, tab.reports, tab.from, until, spoiltIds);
    const due = (tab.closedAt ?? published.length) - tab.from;
    console.log(
      `${tab.name}: due ${due}, delivered ${figures.delivered}, duplicates ${figures.duplicates}, again after a crash ${figures.repeated}, ` +
        `gaps ${figures.gaps} (${figures.lostInGaps} events said to be lost), visits ${figures.visits}, ` +
        `errors ${figures.errors} (${figures.spoilt} for messages that arrived spoilt), shown late as history ${figures.lateAsHistory}`,
    );
    problems.push(...figures.problems.map((text, i) => `${tab.name}: ${text} (${figures.trails[i]})`));
  }
  // The first quarter is warm-up.
  const steady = heap.slice(Math.floor(heap.length / 4));
  for (const [name, of] of [
    ['page', ({ pageBytes }: HeapSample) => pageBytes],
    ['worker', ({ workerBytes }: HeapSample) => workerBytes],
  ] as const) {
    const slope = slopeOf(steady, of)?.toFixed(2) ?? '–';
    const ends = [steady.at(0), steady.at(-1)].map((one) =>
      one === undefined ? '–' : (of(one) / 1e6).toFixed(2),
    );
    console.log(
      `heap of the ${name}: ${ends.join(' → ')} MB, slope ${slope} MB/h over ${steady.length} samples`,
    );
  }
  console.log(`\nfaults: ${[...struck].map(([name, count]) => `${name} ×${count}`).join('; ')}`);
  console.log(
    problems.length === 0
      ? '\nnothing lost, nothing doubled'
      : `\nlast of all:\n  ${timeline.join('\n  ')}\nFAILED\n  ${problems.join('\n  ')}`,
  );
}
