/** Which parts a run has, in which order, and what it leaves out. */
import type { BrowserName } from '../support/runner-config.js';
import { ALL_BROWSERS, type Options } from './options.js';
import { kindOf, named, type TestKind } from './test-files.js';

export interface Part {
  readonly kind: TestKind;
  readonly title: string;
  readonly files: readonly string[];
  /** Fewer engines than were asked for. */
  readonly browsers?: readonly BrowserName[];
}

export interface Plan {
  /** Without a filter every part is there, so that a part without files fails instead of vanishing. */
  readonly parts: readonly Part[];
  /** What was left out on purpose, in words. */
  readonly skipped: readonly string[];
}

/** Browser worries that are proven against a real broker too. */
const PULSAR_BROWSER_FILES = ['test/resume', 'test/subscription'];
const PULSAR_SERVICE_FILES = ['test/contract'];
/** A network with faults between page and service: one engine on a real broker, whose restarts take seconds. */
const FAULTS_ON_ANY_SERVICE = 'test/faults/broker';
const FAULTS_ON_PULSAR_IN: readonly BrowserName[] = ['chromium'];
/** Real waits behind a faulty network, minutes in each engine: a command of its own, and said whenever it is left out. */
const FAULTS_IN_BROWSERS = 'test/faults/{browser,broker}';

export function plan(files: readonly string[], options: Options): Plan {
  const isWhole = options.only.length === 0;
  const isStandIn = options.service === 'stand-in';
  const slow = isWhole && isStandIn ? named(files, [FAULTS_IN_BROWSERS]) : [];
  const wanted = named(files, options.only).filter((file) => !slow.includes(file));
  const ofKind = (kind: TestKind): readonly string[] => wanted.filter((file) => kindOf(file) === kind);
  const all = partsOf(options, ofKind);
  const parts = isWhole ? all : all.filter((part) => part.files.length > 0);
  if (parts.length === 0) throw new Error(`No test file is named by ${options.only.join(', ')}`);
  const left = ALL_BROWSERS.filter((browser) => !options.browsers.includes(browser));
  const skipped: string[] = [];
  if (left.length > 0 && parts.some(({ kind }) => kind === 'browser')) {
    skipped.push(`${left.join(', ')} (only ${options.browsers.join(', ')} was asked for)`);
  }
  if (slow.length > 0) {
    skipped.push(`${FAULTS_IN_BROWSERS}: ${slow.length} files, run by npm run test:faults`);
  }
  for (const { title, browsers } of parts) {
    const others = options.browsers.filter((browser) => browsers?.includes(browser) === false);
    if (others.length > 0) skipped.push(`${title} in ${others.join(', ')} (${browsers?.join(', ')} only)`);
  }
  if (!isWhole) skipped.push(`everything but ${options.only.join(', ')}`);
  return { parts, skipped };
}

function partsOf(options: Options, ofKind: (kind: TestKind) => readonly string[]): readonly Part[] {
  switch (options.service) {
    case 'stand-in':
      return [
        { kind: 'tooling', title: 'tooling', files: ofKind('tooling') },
        { kind: 'service', title: 'service (stand-in)', files: ofKind('service') },
        { kind: 'browser', title: 'browsers', files: ofKind('browser') },
      ];
    case 'pulsar':
      return [
        {
          kind: 'service',
          title: 'service (Pulsar)',
          files: named(ofKind('service'), PULSAR_SERVICE_FILES),
        },
        {
          kind: 'browser',
          title: 'browsers (Pulsar)',
          files: named(ofKind('browser'), PULSAR_BROWSER_FILES),
        },
        {
          kind: 'browser',
          title: 'faults (Pulsar)',
          files: named(ofKind('browser'), [FAULTS_ON_ANY_SERVICE]),
          browsers: FAULTS_ON_PULSAR_IN,
        },
      ];
    default:
      return options.service satisfies never;
  }
}
