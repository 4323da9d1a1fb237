/** What may happen to a tab while the soak publishes. The first tab is spared what would make its heap begin anew. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../demo/server/simulation/random.js';
import type { Fault } from './network-faults.js';
import type { Soak } from './soak.js';
import type { Tab } from './tab.js';

const onOneOf =
  (
    tabsOf: (soak: Soak) => readonly Tab[],
    act: (tab: Tab, random: Random, soak: Soak) => Promise<void>,
  ): Fault['strike'] =>
  (soak, random) =>
    act(random.pick(tabsOf(soak)), random, soak);

const any = ({ tabs }: Soak): readonly Tab[] => tabs;
const notFirst = ({ tabs }: Soak): readonly Tab[] => tabs.slice(1);

export const TAB_FAULTS: readonly Fault[] = [
  { name: 'a tab is reloaded', weight: 3, strike: onOneOf(notFirst, (tab) => tab.reload()) },
  {
    name: 'a tab leaves and comes back',
    weight: 2,
    strike: onOneOf(notFirst, (tab, random) => tab.leaveFor(random.between(200, 8_000))),
  },
  {
    name: 'a tab is frozen',
    weight: 2,
    strike: onOneOf(any, (tab, random) => tab.freezeFor(random.between(1_000, 15_000))),
  },
  { name: 'a tab is hidden, or seen again', weight: 3, strike: onOneOf(any, (tab) => tab.toggle()) },
  {
    name: 'a tab is closed and another opened',
    weight: 2,
    strike: onOneOf(notFirst, (tab, _random, soak) => soak.replaceTab(tab)),
  },
  { name: 'a feed is moved in the DOM', weight: 2, strike: onOneOf(any, (tab) => tab.moveFeed()) },
  { name: 'a tab crashes', weight: 2, strike: onOneOf(notFirst, (tab) => tab.crash()) },
  { name: "a tab's worker ends", weight: 1, strike: onOneOf(notFirst, (tab) => tab.breakWorker('close')) },
  { name: "a tab's worker hangs", weight: 1, strike: onOneOf(notFirst, (tab) => tab.breakWorker('hang')) },
  {
    name: 'the browser says offline, and online',
    weight: 2,
    strike: onOneOf(any, async (tab, random) => {
      await tab.dispatch('offline');
      await sleep(random.between(0, 3_000));
      await tab.dispatch('online');
    }),
  },
];
