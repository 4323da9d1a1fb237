/** Which test files there are, which of them a filter names, and which part of a run each belongs to. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export type TestKind =
  /** Files of Node that talk to the service: stand-in or broker. */
  | 'service'
  /** Files of Node that test the contributor's commands. */
  | 'tooling'
  /** Everything else runs in real browsers. */
  | 'browser';

/** Every test file under `folder`, relative to `root`, with `/` on every platform, sorted. */
export function testFiles(root: string, folder = 'test'): readonly string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

export function kindOf(file: string): TestKind {
  if (/^test\/(server|simulation|contract)\//.test(file)) return 'service';
  if (file.startsWith('test/run/')) return 'tooling';
  return 'browser';
}

/** Files that at least one filter names; without filters, all. A filter is a path, a folder or a glob (`*`, `**`, `{a,b}`). */
export function named(files: readonly string[], filters: readonly string[]): readonly string[] {
  if (filters.length === 0) return files;
  const patterns = filters.map(filterPattern);
  return files.filter((file) => patterns.some((pattern) => pattern.test(file)));
}

/** Node 20 has no glob of its own; these three signs are all that a test path needs. */
function filterPattern(filter: string): RegExp {
  const path = filter.replace(/^\.\//, '').replace(/\/$/, '');
  const source = path.replace(/\*\*\/|\*\*|\*|[{},]|[.+?^$()|[\]\\]/g, (sign) => {
    switch (sign) {
      case '**/':
        return '(?:.*/)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '{':
        return '(?:';
      case '}':
        return ')';
      case ',':
        return '|';
      default:
        return `\\${sign}`;
    }
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}
