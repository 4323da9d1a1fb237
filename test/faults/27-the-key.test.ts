import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { randomCases } from '../support/random-cases.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { run } from '../support/faults/model/run-schedule.js';
import { schedule } from '../support/faults/model/schedule.js';
import { liveWorld } from '../support/faults/model/world.js';

const CANARY = 'eght_CANARY+5f1d/4be0==';
const PIECES = ['CANARY', encodeURIComponent(CANARY)];

const mustNotSay = (text: string, place: string): void => {
  for (const piece of PIECES) assert.notInclude(text, piece, place);
};

faultSuite(27, () => {
  faultTest(27, 'is in nothing that the worker posts, saves or logs, whatever happens', async () => {
    const cases = randomCases('the key', { numRuns: 100 });
    const logged: string[] = [];
    const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;
    const originals = levels.map((level) => console[level]);
    for (const level of levels) console[level] = (...values: unknown[]) => logged.push(values.join(' '));
    try {
      await fc.assert(
        fc.asyncProperty(schedule, async (given) => {
          const { posted, urls } = await run({ ...given, credential: { apiKey: CANARY } });
          mustNotSay(posted, `seed ${cases.seed}`);
          assert.isTrue(
            urls.every((url) => url.includes(encodeURIComponent(CANARY)) || url.includes('eght_other')),
          );
        }),
        cases,
      );
    } finally {
      for (const [i, level] of levels.entries()) console[level] = originals[i] ?? console[level];
    }
    mustNotSay(logged.join('\n'), 'the console');
  });

  faultTest(27, 'is in no error when the browser forbids the address and quotes it', async () => {
    const { clock, service, page } = await liveWorld({}, { credential: { apiKey: CANARY } });
    page.platform.openSocket = (url) => {
      throw new Error(`Refused to connect to ${url}`);
    };
    service.drop();
    await clock.advance(60_000);
    mustNotSay(JSON.stringify([page.posted, page.diagnostics(), page.visit.saved]), 'posted or saved');
    assert.equal(page.diagnostics().state, 'reconnecting');
  });
});
