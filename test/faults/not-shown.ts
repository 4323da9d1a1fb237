/** Tests that an engine cannot show, and why. They are not run there, and the table says so. */
import type { Engine } from '../support/faults/engine.js';
import type { Row } from './rows.js';

export interface NotShown {
  readonly row: Row;
  readonly test: string;
  readonly engines: readonly Engine[];
  readonly why: string;
}

export const NOT_SHOWN: readonly NotShown[] = [
  ...[
    'after 9 refused dials: live within 30 s of health, and never more than one socket',
    'after 9 refused dials the widget says that the browser is holding the next one back',
  ].map((test): NotShown => ({
    row: 24,
    test,
    engines: ['chromium', 'webkit'],
    why: 'only Firefox holds dials back for as long as a minute',
  })),
  {
    row: 24,
    test: 'after 9 refused dials nothing is said of a browser that holds nothing back',
    engines: ['firefox'],
    why: 'Firefox holds dials back',
  },
  {
    row: 18,
    test: 'in a tab of its own: of 7 MiB in a name and a list, and of a refused 32 MiB, nothing stays in memory',
    engines: ['firefox', 'webkit'],
    why: 'only Chromium tells what a worker holds',
  },
  {
    row: 29,
    test: 'in a tab of its own: storage that is full is said once, and the stream loses nothing',
    engines: ['firefox', 'webkit'],
    why: 'only Chromium can be told how much a page may store',
  },
  {
    row: 10,
    test: 'in a tab of its own: away and back is live at once, loses nothing and shows nothing twice',
    engines: ['webkit'],
    why: 'the driver of this engine has one window, and a page in a frame is never kept for Back',
  },
  {
    row: 10,
    test: 'in a tab of its own: a task of the page that is on its way when the page is put away comes when it is back',
    engines: ['firefox', 'webkit'],
    why: 'only Chromium collects what is on its way, and only its driver goes back in a page that is so busy',
  },
  {
    row: 30,
    test: 'in tabs of their own: the tab that leads crashes in a burst, another takes over, and both have everything once',
    engines: ['firefox', 'webkit'],
    why: 'only Chromium crashes a tab that is told to',
  },
  {
    row: 30,
    test: 'in tabs of their own: the tab that leads is frozen, another takes over, and both have everything once',
    engines: ['firefox', 'webkit'],
    why: 'only Chromium freezes a page that is told to',
  },
  {
    row: 17,
    test: 'on any service: a text that is not UTF-8 ends the connection, and the message comes on the next',
    engines: ['webkit'],
    why: 'WebKitGTK passes over such a frame without a word to the page, and keeps the connection',
  },
  ...(
    [
      ['cached', ['webkit'], 'the driver of this engine has one window'],
      ['frozen', ['firefox', 'webkit'], 'only Chromium freezes a page that is told to'],
    ] as const
  ).map(([name, engines, why]): NotShown => ({
    row: 10,
    test: `in a tab of its own: a page with a subscription that is ${name} holds nothing, and takes up where it was`,
    engines,
    why,
  })),
];
