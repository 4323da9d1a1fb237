/**
 * Tabs of a test's own, beside the runner's: a page in a frame is never kept for Back. Steered from the test with
 * `executeServerCommand('tab', …)`; only where puppeteer drives the browser. Owns the tabs it opened.
 */
import type { TestRunnerConfig } from '@web/test-runner';
import type { Page } from 'puppeteer-core';
import { sampleHeap } from '../soak/heap.js';
import type { TabCommand } from './top-level-tab.js';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];

interface PuppeteerLauncher {
  getPage(sessionId: string): Page;
}

const TIMEOUT_MS = 30_000;

export function topLevelTabs(): Plugin {
  const tabs = new Map<string, Page>();
  let opened = 0;
  return {
    name: 'top-level-tabs',
    async executeCommand({ command, payload, session }) {
      if (command !== 'tab') return undefined;
      const order = payload as TabCommand;
      if (order.kind === 'open') {
        const launcher = session.browser as unknown as PuppeteerLauncher;
        // A second tab of one window would be hidden.
        const page = await launcher.getPage(session.id).browser().newPage({ type: 'window' });
        page.setDefaultTimeout(TIMEOUT_MS);
        const id = `tab-${++opened}`;
        tabs.set(id, page);
        await page.goto(new URL(order.url, await session.browser.getBrowserUrl(session.id)).href);
        return { id };
      }
      const page = tabs.get(order.id);
      if (page === undefined) throw new Error(`There is no ${order.id}`);
      return perform(page, order, () => tabs.delete(order.id));
    },
  };
}

async function perform(
  page: Page,
  order: Exclude<TabCommand, { kind: 'open' }>,
  onClosed: () => void,
): Promise<object> {
  switch (order.kind) {
    case 'go':
      await page.goto(new URL(order.url, page.url()).href);
      return {};
    case 'back':
      await page.goBack();
      return {};
    case 'freeze':
    case 'thaw': {
      const session = await page.createCDPSession();
      await session.send('Page.setWebLifecycleState', {
        state: order.kind === 'freeze' ? 'frozen' : 'active',
      });
      await session.detach();
      return {};
    }
    case 'crash':
      await crash(page);
      return {};
    case 'reload':
      await page.reload();
      return {};
    case 'heap': {
      const session = await page.createCDPSession();
      const sample = await sampleHeap(page, session);
      await session.detach();
      return sample;
    }
    case 'quota': {
      // Holds for as long as this session does, which ends with the page.
      const session = await page.createCDPSession();
      const { origin } = new URL(page.url());
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: order.bytes });
      return {};
    }
    case 'evaluate':
      return { value: await page.evaluate(order.expression) };
    case 'close':
      onClosed();
      await page.close();
      return {};
    default:
      return order satisfies never;
  }
}

/** Its renderer ends as it would for want of memory: no event, no flush, no last task. */
export async function crash(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  // Puppeteer's word for it; the command itself is never answered.
  const crashed = new Promise<void>((resolve) => page.once('error', () => resolve()));
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}
