/**
 * The custom-elements manifest: what of it is public, and the README's tables made from it. Pure: reads and writes
 * nothing.
 */

/** The part of the manifest (schema 2.1) that is read here. */
export interface Manifest {
  readonly modules: readonly ManifestModule[];
}

interface ManifestModule {
  readonly path: string;
  readonly declarations?: readonly Declaration[];
}

interface Documented {
  readonly name?: string;
  readonly description?: string;
}

interface Attribute extends Documented {
  readonly type?: { readonly text: string };
  readonly default?: string;
  readonly fieldName?: string;
}

interface Member extends Attribute {
  readonly kind: string;
  readonly privacy?: string;
  readonly static?: boolean;
  readonly attribute?: string;
  readonly parameters?: readonly { readonly name: string; readonly optional?: boolean }[];
  readonly return?: { readonly type?: { readonly text: string } };
}

interface Declaration extends Documented {
  readonly kind?: string;
  readonly tagName?: string;
  readonly customElement?: boolean;
  readonly attributes?: readonly Attribute[];
  readonly members?: readonly Member[];
  readonly events?: readonly Attribute[];
  readonly slots?: readonly Documented[];
  readonly cssParts?: readonly Documented[];
  readonly cssProperties?: readonly Attribute[];
}

/** Tag name by class name, from the text of define.ts: the classes themselves do not know their tags. */
export function tagsIn(defineText: string): ReadonlyMap<string, string> {
  return new Map(
    [...defineText.matchAll(/'(x8-[a-z-]+)': (\w+)/g)].map(([, tag = '', name = '']) => [name, tag]),
  );
}

/**
 * Classes only, each with its tag, without what nobody outside may use: private members, Lit's life-cycle, and events that
 * the analyzer guessed from a constructor's argument.
 */
export function publicManifest(manifest: Manifest, tags: ReadonlyMap<string, string>): Manifest {
  return {
    ...manifest,
    modules: manifest.modules.map((module) => ({
      ...module,
      declarations: (module.declarations ?? [])
        .filter(({ kind }) => kind === 'class')
        .map((declaration) => publicDeclaration(declaration, tags)),
    })),
  };
}

function publicDeclaration(declaration: Declaration, tags: ReadonlyMap<string, string>): Declaration {
  const tagName = tags.get(declaration.name ?? '');
  const { members, events } = declaration;
  return {
    ...declaration,
    ...(members === undefined ? {} : { members: members.filter(isPublic) }),
    ...(events === undefined ? {} : { events: events.filter(({ name = '' }) => name.startsWith('x8-')) }),
    ...(tagName === undefined ? {} : { tagName, customElement: true }),
  };
}

const LIFE_CYCLE = new Set([
  'render',
  'willUpdate',
  'update',
  'updated',
  'firstUpdated',
  'shouldUpdate',
  'connectedCallback',
  'disconnectedCallback',
  'attributeChangedCallback',
  'createRenderRoot',
]);

function isPublic({ privacy, name = '' }: Member): boolean {
  return privacy !== 'private' && privacy !== 'protected' && !/^[_#]/.test(name) && !LIFE_CYCLE.has(name);
}

/** Tag name → Markdown, for every element of the manifest. */
export function manifestTables(manifest: Manifest): ReadonlyMap<string, string> {
  const tables = new Map<string, string>();
  for (const declaration of manifest.modules.flatMap((module) => module.declarations ?? [])) {
    if (declaration.tagName !== undefined) tables.set(declaration.tagName, elementTables(declaration));
  }
  return tables;
}

function elementTables(element: Declaration): string {
  const members = (element.members ?? []).filter((member) => isPublic(member) && member.static !== true);
  const properties = members.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
  const methods = members.filter(({ kind }) => kind === 'method');
  return [
    table(
      'Attribute',
      ['Type', 'Default', 'What it does'],
      element.attributes,
      ({ type, default: initial }) => [code(type?.text), code(initial)],
    ),
    table('Property', ['Type', 'What it does'], properties, ({ type }) => [code(type?.text)]),
    table('Method', ['What it does'], methods.map(withSignature), () => []),
    table('Event', ['Class', 'When'], element.events, ({ type }) => [code(type?.text)]),
    table('Slot', ['What goes there'], element.slots, () => []),
    table('Part', ['What it is'], element.cssParts, () => []),
    table('CSS property', ['Default', 'What it is'], element.cssProperties, ({ default: initial }) => [
      code(initial),
    ]),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function withSignature(method: Member): Documented {
  const parameters = (method.parameters ?? []).map(({ name, optional }) =>
    optional === true ? `${name}?` : name,
  );
  return { ...method, name: `${method.name ?? ''}(${parameters.join(', ')})` };
}

function table<Row extends Documented>(
  title: string,
  columns: readonly string[],
  rows: readonly Row[] = [],
  cells: (row: Row) => readonly string[],
): string {
  if (rows.length === 0) return '';
  const lines = [
    [title, ...columns],
    [title, ...columns].map(() => '---'),
    ...rows.map((row) => [
      code(row.name === '' || row.name === undefined ? '(default)' : row.name),
      ...cells(row),
      oneLine(row.description),
    ]),
  ];
  const isSaid = (_: string, column: number): boolean => lines.slice(2).some((line) => line[column] !== '');
  return lines.map((line) => `| ${line.filter(isSaid).join(' | ')} |`).join('\n');
}

/** `null` is Lit's word for an attribute that is not there, and says nothing about what happens then. */
function code(text: string | undefined): string {
  return text === undefined || text === '' || text === 'null' ? '' : `\`${oneLine(text)}\``;
}

/** One line of a table: a bar would end the cell. */
function oneLine(text = ''): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

const marker = (tag: string, end: 'start' | 'end'): string => `<!-- ${tag}: ${end} (npm run manifest) -->`;

/** The README with the text between each element's markers replaced. Throws when a marker is missing. */
export function withTables(readme: string, tables: ReadonlyMap<string, string>): string {
  let text = readme;
  for (const [tag, markdown] of tables) {
    const [start, end] = [marker(tag, 'start'), marker(tag, 'end')];
    const from = text.indexOf(start);
    const to = text.indexOf(end);
    if (from === -1 || to < from) throw new Error(`README.md needs the lines\n${start}\n${end}`);
    text = `${text.slice(0, from + start.length)}\n\n${markdown}\n\n${text.slice(to)}`;
  }
  return text;
}
