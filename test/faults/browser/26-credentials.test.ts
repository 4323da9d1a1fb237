import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

faultSuite(26, () => {
  faultTest(
    26,
    'rejects four times, hangs once, then has one: it is used, and nothing is left unhandled',
    () =>
      FaultyPage.with({}, async (page) => {
        const widget = page.host.widget('x8-agent-feed');
        let asked = 0;
        widget.credentials = () => {
          asked++;
          if (asked <= 4) return Promise.reject(new Error('no key today'));
          if (asked === 5) return new Promise(() => undefined);
          return Promise.resolve({ apiKey: 'eght_rotated' });
        };
        await page.network.fault({ fault: 'end', ending: 'reset' });
        // Ten seconds for the one that hangs, and up to 16 for the back-off between six dials.
        await until('the sixth question', () => asked >= 6, 30_000);
        await page.host.untilConnection('live', 20_000);
        await page.publish(3);
        await page.untilShown();
        assert.deepEqual(page.host.record.exceptions, []);
      }),
  );

  faultTest(26, 'is asked before each dial', () =>
    FaultyPage.with({ factor: 5 }, async (page) => {
      const widget = page.host.widget('x8-agent-feed');
      let asked = 0;
      widget.credentials = () => Promise.resolve({ apiKey: `eght_${++asked}` });
      await until('the first question', () => asked >= 1);
      await page.host.untilConnection('live', 20_000);
      const [before, { dialsAt: dialsBefore }] = [asked, await page.network.state()];
      await page.network.fault({ fault: 'greet', greeting: 'refuse', count: 3 });
      await page.network.fault({ fault: 'end', ending: 'reset' });
      await until(
        'three refused dials, a look at the host and a good dial',
        async () => (await page.network.state()).dialsAt.length >= dialsBefore.length + 5,
        30_000,
      );
      await page.host.untilConnection('live', 20_000);
      const { dialsAt } = await page.network.state();
      // One connection is no dial: after the third refusal the worker asks whether the host is there at all.
      const dials = dialsAt.length - dialsBefore.length - 1;
      assert.isAtLeast(asked - before, dials, 'questions for these dials');
    }),
  );
});
