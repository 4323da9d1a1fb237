/** The top level holds what a newcomer needs to find, and nothing else. What serves one folder lives in it. */
import type { Findings } from './source.js';

const ALLOWED = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'custom-elements.json',
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'LICENSE',
  'src',
  'demo',
  'test',
  'docs',
]);

/** `files`: every file of the project, relative, with `/`. */
export function topLevelFindings(files: readonly string[]): Findings {
  const names = new Set(files.map((file) => file.split('/')[0] ?? file));
  return [...names]
    .filter(
      (name) => !ALLOWED.has(name) && !name.startsWith('.') && !/^web-test-runner\.config\.\w+$/.test(name),
    )
    .toSorted()
    .map(
      (name) =>
        `${name}: not one of the names that the top level holds; put it into the folder that it serves`,
    );
}
