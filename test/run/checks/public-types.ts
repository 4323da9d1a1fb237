/**
 * A type that a public one speaks of can be imported like it. Read from the built declarations: what a consumer's
 * compiler sees. Owns no judgement on whether they compile; that is the compiler's.
 */
import type { Findings, Source } from './source.js';

interface Declaration {
  readonly isExported: boolean;
  /** Without comments, and without what only a class's heirs see. */
  readonly body: string;
}

const DECLARATION = /^(export )?(?:declare )?(?:abstract )?(?:type|interface|class) (\w+)/gm;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const NOT_PUBLIC = /^ {4}(?:protected|static|#).*\n(?: {8}.*\n| {4}[}>\])].*\n)*/gm;

/** `index`: the package's entry; `modules`: all declarations beside it. */
export function publicTypeFindings(index: Source, modules: readonly Source[]): Findings {
  const declarations = new Map(modules.flatMap(({ text }) => declarationsIn(text)));
  const exported = new Set(exportedBy(index.text, modules));
  const seen = new Set(exported);
  // A set takes names in while it is walked.
  for (const name of seen) {
    for (const [word] of declarations.get(name)?.body.matchAll(/\b[A-Z]\w+/g) ?? []) {
      if (declarations.has(word)) seen.add(word);
    }
  }
  return (
    [...seen]
      .filter((name) => !exported.has(name) && declarations.get(name)?.isExported === true)
      // What the two elements inherit from is nobody's to name.
      .filter((name) => !name.endsWith('Element'))
      .toSorted()
      .map((name) => `${index.path}: ${name} is part of a public type and cannot be imported`)
  );
}

function declarationsIn(text: string): readonly (readonly [string, Declaration])[] {
  const bare = text.replace(COMMENT, '').replace(NOT_PUBLIC, '');
  const found = [...bare.matchAll(DECLARATION)];
  return found.map((match, at) => [
    match[2] ?? '',
    { isExported: match[1] !== undefined, body: bare.slice(match.index, found[at + 1]?.index) },
  ]);
}

function exportedBy(text: string, modules: readonly Source[]): readonly string[] {
  const whole = [...text.matchAll(/export (?:type )?\* from '\.\/(.*)\.js'/g)].flatMap(([, path]) => {
    const module = modules.find((one) => one.path === `${path}.d.ts`)?.text ?? '';
    const own = declarationsIn(module).filter(([, { isExported }]) => isExported);
    return [...own.map(([name]) => name), ...namedIn(module)];
  });
  return [...namedIn(text), ...whole];
}

/** By `export { … }`. */
function namedIn(text: string): readonly string[] {
  return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(
    ([, names]) => names?.match(/\w+/g) ?? [],
  );
}
