/**
 * Makes sure that the engines asked for are there: installs them where that is safe to do unasked (Debian packages, as
 * root), and otherwise says exactly what to install. Refuses to go on with fewer engines than were asked for.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { BROWSER_PATHS, type BrowserName } from '../support/runner-config.js';
import { runCommand } from './command.js';
import { currentPlatform, inPath, type Platform } from './platform.js';

export type Tool = BrowserName | 'webkit-driver' | 'display';

/** Debian's names. Without a font, screenshots and contrast audits see empty boxes. */
const PACKAGES: Readonly<Record<Tool, readonly string[]>> = {
  chromium: ['chromium', 'fonts-dejavu-core'],
  firefox: ['firefox-esr', 'fonts-dejavu-core'],
  webkit: ['webkit2gtk-driver', 'fonts-dejavu-core'],
  'webkit-driver': ['webkit2gtk-driver'],
  display: ['xvfb'],
};

export interface Remedy {
  /** Packages that apt can install here and now. */
  readonly packages: readonly string[];
  /** What a person has to do; empty when the packages are all. */
  readonly advice: readonly string[];
}

/** What the engines need and `find` does not find. */
export function missingTools(
  browsers: readonly BrowserName[],
  find: (tool: Tool) => string | undefined = findTool,
): readonly Tool[] {
  const needed = browsers.flatMap((browser): readonly Tool[] =>
    browser === 'webkit' ? ['webkit', 'webkit-driver', 'display'] : [browser],
  );
  return needed.filter((tool) => find(tool) === undefined);
}

function findTool(tool: Tool): string | undefined {
  switch (tool) {
    case 'webkit-driver':
      return inPath('WebKitWebDriver');
    case 'display':
      // WebKit's test browser has no headless mode; a display that is there already will do.
      return process.env['DISPLAY'] ?? inPath('Xvfb');
    case 'chromium':
    case 'firefox':
    case 'webkit': {
      const path = BROWSER_PATHS[tool]();
      return path === undefined || isSnapWrapper(path) ? undefined : path;
    }
    default:
      return tool satisfies never;
  }
}

/** Ubuntu's `/usr/bin/firefox` is a script that starts a snap, and a snap cannot read the runner's profile in /tmp. */
function isSnapWrapper(path: string): boolean {
  const start = Buffer.alloc(2048);
  const file = openSync(path, 'r');
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  const text = start.toString('latin1');
  return text.startsWith('#!') && text.includes('/snap/');
}

export function remedy(platform: Platform, missing: readonly Tool[]): Remedy {
  const packages = [...new Set(missing.flatMap((tool) => PACKAGES[tool]))];
  const apt = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  switch (platform.kind) {
    case 'debian':
      return platform.isRoot ? { packages, advice: [] } : { packages: [], advice: [`sudo sh -c '${apt}'`] };
    case 'ubuntu':
      return ubuntuRemedy(platform.isRoot, missing);
    case 'linux':
      return { packages: [], advice: LINUX_ADVICE };
    case 'mac':
      return { packages: [], advice: MAC_ADVICE };
    case 'windows':
      return { packages: [], advice: WINDOWS_ADVICE };
    default:
      return platform satisfies never;
  }
}

/** On Ubuntu the packages `chromium` and `firefox` only install snaps, which the runner cannot drive. */
function ubuntuRemedy(isRoot: boolean, missing: readonly Tool[]): Remedy {
  const fromApt = missing.filter((tool) => tool !== 'chromium' && tool !== 'firefox');
  const packages = [...new Set(fromApt.flatMap((tool) => PACKAGES[tool]))];
  const advice: string[] = [];
  if (missing.includes('chromium')) {
    advice.push(
      "Chromium is only a snap on Ubuntu, which the runner cannot drive. Install Google's package instead:",
      '  wget https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb',
      '  sudo apt-get install -y ./google-chrome-stable_current_amd64.deb',
      '  (or set CHROMIUM to the path of any other Chromium or Chrome)',
    );
  }
  if (missing.includes('firefox')) {
    advice.push(
      "Firefox is only a snap on Ubuntu, which the runner cannot drive. Install Mozilla's package instead:",
      '  https://support.mozilla.org/kb/install-firefox-linux#w_install-firefox-deb-package-for-debian-based-distributions',
      '  (or set FIREFOX to the path of an unpacked download)',
    );
  }
  if (isRoot || packages.length === 0) return { packages, advice };
  return {
    packages: [],
    advice: [
      `sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}'`,
      ...advice,
    ],
  };
}

const LINUX_ADVICE = [
  'Install Chromium, Firefox, WebKitGTK with its MiniBrowser and WebKitWebDriver, and Xvfb with your package manager:',
  '  Fedora: sudo dnf install chromium firefox webkit2gtk4.1 webkit2gtk-driver xorg-x11-server-Xvfb',
  '  Arch:   sudo pacman -S chromium firefox webkit2gtk-4.1 xorg-server-xvfb',
  'Where a path differs from Debian, set CHROMIUM, FIREFOX and WEBKIT (MiniBrowser) to it.',
];

const CONTAINER_ADVICE =
  '  docker run --rm -it -v "$PWD":/project -w /project node:20-bookworm sh -c "npm ci && npm test"';

const MAC_ADVICE = [
  'WebKitGTK, which stands for Safari here, runs on Linux only. All three engines, in a container:',
  CONTAINER_ADVICE,
  'Or two engines on this machine:',
  '  brew install --cask chromium firefox',
  '  export CHROMIUM=/Applications/Chromium.app/Contents/MacOS/Chromium',
  '  export FIREFOX=/Applications/Firefox.app/Contents/MacOS/firefox',
  '  npm test -- --browsers chromium,firefox',
];

const WINDOWS_ADVICE = [
  'WebKitGTK, which stands for Safari here, runs on Linux only. All three engines, in WSL (Debian) as root, or in a container:',
  CONTAINER_ADVICE,
  'Or two engines on this machine: set CHROMIUM and FIREFOX to their .exe files, then',
  '  npm test -- --browsers chromium,firefox',
];

/** Rejects with what to do when an engine is still missing afterwards. */
export async function ensureBrowsers(browsers: readonly BrowserName[]): Promise<void> {
  const missing = missingTools(browsers);
  if (missing.length === 0) return;
  const { packages, advice } = remedy(currentPlatform(), missing);
  if (packages.length > 0) {
    console.log(`Installing ${packages.join(' ')} (missing: ${missing.join(', ')})`);
    await install(packages);
  }
  const left = missingTools(browsers);
  if (left.length === 0) return;
  throw new Error(
    [
      `Not installed: ${left.join(', ')}.`,
      ...(advice.length === 0
        ? ['apt-get installed the packages, but they are not where expected.']
        : advice),
    ].join('\n'),
  );
}

/** Debian packages, quietly; the packager's own words only when it fails. */
export async function install(packages: readonly string[]): Promise<void> {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 900_000 };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { code, output } = await runCommand('apt-get', ['-qq', ...words], options);
    if (code !== 0) throw new Error(`apt-get ${words.join(' ')} failed:\n${output.slice(-2000)}`);
  }
}
