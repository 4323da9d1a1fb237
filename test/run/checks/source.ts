/** Source files as the checks see them: what they import, what they call, and where. Parsed by Vite's own parser. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'vite';

export interface Source {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly specifier: string;
  /** Nothing of it is left when the types are erased. */
  readonly isTypeOnly: boolean;
  readonly line: number;
}

/** What a check found: one sentence each, `path:line` first. */
export type Findings = readonly string[];

export function sourcesIn(root: string, folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Throws when the file cannot be parsed. */
export function parse(source: Source): ReturnType<typeof parseSync> {
  const parsed = parseSync(source.path, source.text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${source.path}: ${error.message}`);
  return parsed;
}

/** Every import and re-export, static and dynamic. */
export function importsOf(source: Source): readonly Import[] {
  const { module } = parse(source);
  const imports: Import[] = [];
  const found = (specifier: string, isTypeOnly: boolean, start: number): void => {
    imports.push({ specifier, isTypeOnly, line: lineOf(source.text, start) });
  };
  for (const { moduleRequest, entries, start } of module.staticImports) {
    found(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType), start);
  }
  for (const { entries, start } of module.staticExports) {
    const [first] = entries;
    const request = first?.moduleRequest;
    if (request)
      found(
        request.value,
        entries.every(({ isType }) => isType),
        start,
      );
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = source.text.slice(moduleRequest.start, moduleRequest.end);
    found(literal.replace(/^['"`]|['"`]$/g, ''), false, start);
  }
  return imports;
}
