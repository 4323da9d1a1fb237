/**
 * Tests that cannot fail, found by their shape: a body that returns a function instead of running it, a body without
 * an assertion, `.only` (the rest is silently left out) and `.skip`. Each of these stands in a well-known project's suite.
 */
import { Visitor } from 'vite';
import { type Findings, lineOf, parse, type Source } from './source.js';

type Program = ReturnType<typeof parse>['program'];
type Call = Extract<Program['body'][number], { type: 'ExpressionStatement' }>['expression'] & {
  type: 'CallExpression';
};

const TEST_WORDS = ['test', 'it'];
const SUITE_WORDS = ['suite', 'describe'];

/** What a test may call to be able to fail: an assertion, a property, or a wait that rejects. */
const ASSERTION = /^(?:assert|expect|until|wait|reject|prove|verify|must|check|should)/i;

export function testShapeFindings(sources: readonly Source[]): Findings {
  return sources.flatMap((source) => {
    const findings: string[] = [];
    const found = (start: number, what: string): void => {
      findings.push(`${source.path}:${lineOf(source.text, start)}: ${what}`);
    };
    const { program } = parse(source);
    const helpers = assertingFunctions(program);
    new Visitor({
      CallExpression(node) {
        const { word, modifier } = testCall(node);
        if (word === undefined) return;
        if (modifier === 'only') found(node.start, `${word}.only leaves every other test out`);
        if (modifier === 'skip' || modifier === 'todo') {
          found(node.start, `${word}.${modifier}: mend the test or delete it`);
        }
        if (!TEST_WORDS.includes(word) || (modifier !== undefined && modifier !== 'only')) return;
        const body = node.arguments.at(-1);
        if (body === undefined || !isFunction(body)) {
          // A body made elsewhere (a table's row) cannot be judged here; a test without any body never runs.
          if (body?.type === 'Literal' || body === undefined) found(node.start, 'a test without a body');
          return;
        }
        if (returnsFunction(body)) found(node.start, 'the body returns a function, which nobody calls');
        else if (!asserts(body, helpers)) found(node.start, 'the body asserts nothing');
      },
      ExpressionStatement(node) {
        const call = node.expression;
        const isBare =
          call.type === 'CallExpression' &&
          call.callee.type === 'Identifier' &&
          call.callee.name === 'expect';
        if (isBare) found(node.start, 'expect(...) without a matcher asserts nothing');
      },
    }).visit(program);
    return findings;
  });
}

function testCall(node: Call): { readonly word: string | undefined; readonly modifier: string | undefined } {
  const none = { word: undefined, modifier: undefined };
  const isWord = (name: string): boolean => TEST_WORDS.includes(name) || SUITE_WORDS.includes(name);
  const { callee } = node;
  if (callee.type === 'Identifier')
    return isWord(callee.name) ? { word: callee.name, modifier: undefined } : none;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return none;
  if (callee.property.type !== 'Identifier' || !isWord(callee.object.name)) return none;
  return { word: callee.object.name, modifier: callee.property.name };
}

type Node = { readonly type: string };

function isFunction(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function returnsFunction(body: Node): boolean {
  if (!('body' in body)) return false;
  const inner = body.body as Node & { readonly body?: readonly Node[] };
  if (isFunction(inner)) return true;
  const [only, ...others] = inner.type === 'BlockStatement' ? (inner.body ?? []) : [];
  if (only === undefined || others.length > 0 || only.type !== 'ReturnStatement') return false;
  return 'argument' in only && only.argument !== null && isFunction(only.argument as Node);
}

/** Functions of this file that assert, so that a test may lean on them. */
function assertingFunctions(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  // Twice, so that a helper's helper counts too.
  for (let round = 0; round < 2; round++) {
    new Visitor({
      FunctionDeclaration(node) {
        if (node.id !== null && asserts(node, names)) names.add(node.id.name);
      },
      VariableDeclarator(node) {
        if (node.id.type !== 'Identifier' || !node.init || !isFunction(node.init)) return;
        if (asserts(node.init, names)) names.add(node.id.name);
      },
    }).visit(program);
  }
  return names;
}

function asserts(node: Node, helpers: ReadonlySet<string>): boolean {
  for (const name of calledNames(node)) {
    if (ASSERTION.test(name) || helpers.has(name)) return true;
  }
  return false;
}

/** Names of everything called anywhere inside: `assert` and `equal` of `assert.equal(...)`. */
function* calledNames(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const child of node) yield* calledNames(child);
    return;
  }
  if ('type' in node && node.type === 'CallExpression' && 'callee' in node) yield* namesIn(node.callee);
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'parent') yield* calledNames(child);
  }
}

function* namesIn(callee: unknown): Generator<string> {
  if (typeof callee !== 'object' || callee === null) return;
  if ('name' in callee && typeof callee.name === 'string') yield callee.name;
  if ('object' in callee) yield* namesIn(callee.object);
  if ('property' in callee) yield* namesIn(callee.property);
}
