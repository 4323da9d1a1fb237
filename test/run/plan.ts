/** Which parts a run has, in which order, and what it leaves out. */
import { ALL_BROWSERS, type Options } from './options.js';
import { kindOf, named, type TestKind } from './test-files.js';

export interface Part {
  readonly kind: TestKind;
  readonly title: string;
  readonly files: readonly string[];
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

export function plan(files: readonly string[], options: Options): Plan {
  const wanted = named(files, options.only);
  const ofKind = (kind: TestKind): readonly string[] => wanted.filter((file) => kindOf(file) === kind);
  const all = partsOf(options, ofKind);
  const parts = options.only.length === 0 ? all : all.filter((part) => part.files.length > 0);
  if (parts.length === 0) throw new Error(`No test file is named by ${options.only.join(', ')}`);
  const left = ALL_BROWSERS.filter((browser) => !options.browsers.includes(browser));
  const skipped: string[] = [];
  if (left.length > 0 && parts.some(({ kind }) => kind === 'browser')) {
    skipped.push(`${left.join(', ')} (only ${options.browsers.join(', ')} was asked for)`);
  }
  if (options.only.length > 0) skipped.push(`everything but ${options.only.join(', ')}`);
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
      ];
    default:
      return options.service satisfies never;
  }
}
