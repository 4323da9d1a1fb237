/** What a person may ask of `npm test` and `npm run test:pulsar`. A word that is not known is an error, never ignored. */
import type { BrowserName } from '../support/runner-config.js';

export type ServiceKind = 'stand-in' | 'pulsar';

export interface Options {
  readonly browsers: readonly BrowserName[];
  /** Paths, folders or globs; empty means everything. */
  readonly only: readonly string[];
  readonly service: ServiceKind;
}

export const ALL_BROWSERS: readonly BrowserName[] = ['chromium', 'firefox', 'webkit'];

export const USAGE = `npm test                                      everything, in Chromium, Firefox and WebKit
npm test -- --only test/domain                a folder, a file or a glob; may be given more than once
npm test -- --browsers chromium,firefox       some engines (also BROWSERS=chromium npm test)`;

/** Throws with one sentence when an argument is not understood. */
export function parseOptions(argv: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Options {
  let browsers = browserNames(env['BROWSERS']);
  let service: ServiceKind = 'stand-in';
  const only: string[] = [];
  const words = argv.flatMap((word) => (/^--\w+=/.test(word) ? splitOnce(word) : [word]));
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const value = (): string => {
      const next = words[++i];
      if (next === undefined || next.startsWith('--')) throw new Error(`${word} needs a value`);
      return next;
    };
    switch (word) {
      case '--browsers':
        browsers = browserNames(value());
        break;
      case '--only':
        only.push(value());
        break;
      case '--service':
        service = serviceKind(value());
        break;
      default:
        if (word.startsWith('-')) throw new Error(`${word} is not an option`);
        only.push(word);
    }
  }
  return { browsers, only, service };
}

function splitOnce(word: string): readonly string[] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function browserNames(list: string | undefined): readonly BrowserName[] {
  if (list === undefined || list === '') return ALL_BROWSERS;
  return list.split(',').map((name) => {
    const known = ALL_BROWSERS.find((browser) => browser === name.trim());
    if (known === undefined) throw new Error(`${name} is not one of ${ALL_BROWSERS.join(', ')}`);
    return known;
  });
}

function serviceKind(name: string): ServiceKind {
  if (name === 'stand-in' || name === 'pulsar') return name;
  throw new Error(`${name} is not one of stand-in, pulsar`);
}
