/** What kind of machine this is, as far as installing packages goes. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Platform =
  | { readonly kind: 'debian'; readonly isRoot: boolean }
  | { readonly kind: 'ubuntu'; readonly isRoot: boolean }
  | { readonly kind: 'linux' }
  | { readonly kind: 'mac' }
  | { readonly kind: 'windows' };

export function currentPlatform(): Platform {
  switch (process.platform) {
    case 'darwin':
      return { kind: 'mac' };
    case 'win32':
      return { kind: 'windows' };
    default: {
      const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
      return linuxPlatform(release, process.getuid?.() === 0);
    }
  }
}

/** `release` is the text of `/etc/os-release`. Distributions derived from Ubuntu share its snaps. */
export function linuxPlatform(release: string, isRoot: boolean): Platform {
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((match) =>
    (match[1] ?? '').split(' '),
  );
  if (ids.includes('ubuntu')) return { kind: 'ubuntu', isRoot };
  if (ids.includes('debian')) return { kind: 'debian', isRoot };
  return { kind: 'linux' };
}

/** Where a program is in `PATH`; `undefined` when it is not. */
export function inPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
