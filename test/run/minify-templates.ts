/**
 * A Vite plugin that minifies what stands inside Lit's tagged templates, which a JavaScript minifier must not touch:
 * the white space of styles and of markup. It lives beside the steps of `npm run build` because nothing but the build
 * uses it: development and tests run the templates as they are written.
 */
import { RolldownMagicString } from 'rolldown';
import { type ESTree, parseSync, type Plugin, Visitor } from 'vite';

export function minifyTemplates(): Plugin {
  return {
    name: 'x8-minify-templates',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /\b(?:html|svg|css)`/ },
      handler: (code, id) => {
        const text = new RolldownMagicString(code, { filename: id });
        new Visitor({
          TaggedTemplateExpression({ tag, quasi }) {
            const minify = tag.type === 'Identifier' ? MINIFIERS[tag.name] : undefined;
            const pieces = quasi.quasis.map(({ value }) => value.cooked ?? '');
            minify?.(pieces).forEach((piece, index) => replace(text, quasi.quasis[index], piece));
          },
        }).visit(parseSync(id, code).program);
        return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }).toString() };
      },
    },
  };
}

type Minifier = (pieces: readonly string[]) => readonly string[];

const MINIFIERS: Readonly<Record<string, Minifier>> = {
  html: minifyMarkup,
  svg: minifyMarkup,
  css: minifyStyles,
};

function replace(text: RolldownMagicString, quasi: ESTree.TemplateElement | undefined, piece: string): void {
  const raw = piece.replace(/[\\`]|\$\{/g, String.raw`\$&`);
  if (quasi === undefined || raw === quasi.value.raw) return;
  // The parser counts the marks at both ends of a piece of TypeScript: a backtick or brace, and `${` or a backtick.
  const start = quasi.start + 1;
  text.update(start, start + quasi.value.raw.length, raw);
}

/** Comments and white space only. A tool that also rewrites declarations was tried: after brotli it saved nothing. */
export function minifyStyles(pieces: readonly string[]): readonly string[] {
  // Beside an expression, a blank may be all that keeps two values apart.
  if (pieces.length > 1) return pieces;
  return pieces.map((piece) =>
    piece
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(
        /("[^"]*"|'[^']*')|\s*([{};,])\s*|(:)\s+|\s+/g,
        (_, quote?: string, mark?: string, colon?: string) => quote ?? mark ?? colon ?? ' ',
      )
      .replaceAll(';}', '}')
      .trim(),
  );
}

/** Elements beside whose tags white space is not drawn, whatever stands on the other side. */
const BLOCKS = /^(?:address|article|aside|div|footer|header|li|main|ol|p|section|ul|circle|path|rect)$/;
/** Elements that lay out their inside by itself; outside they stand in a line of text. */
const BOXES = /^(?:button|svg)$/;

/**
 * Drops white space that is not drawn and makes one blank of the rest. `pieces` are the template's static parts; an
 * expression between two of them may be anything.
 */
export function minifyMarkup(pieces: readonly string[]): readonly string[] {
  let isInTag = false;
  // A value with expressions inside begins in one piece and ends in another.
  let isInValue = false;
  let tag = '';
  return pieces.map((piece) => {
    let result = '';
    for (const [token] of piece.matchAll(/\s+|"|<\/?[\w-]*|\/?>|[^\s"<>/]+|./g)) {
      if (isInTag && token === '"') isInValue = !isInValue;
      if (isInValue) {
        result += token;
      } else if (!isInTag && token.startsWith('<')) {
        if (isDroppedBefore(token)) result = result.replace(/\s$/, '');
        isInTag = true;
        tag = token;
        result += token;
      } else if (isInTag && token.endsWith('>')) {
        isInTag = false;
        result = result.replace(/\s$/, '') + token;
      } else if (/^\s/.test(token)) {
        const isDropped = !isInTag && result.endsWith('>') && isDroppedAfter(tag);
        if (!isDropped) result += ' ';
      } else {
        result += token;
      }
    }
    return result;
  });
}

const isDroppedBefore = (tag: string): boolean =>
  BLOCKS.test(tag.replace(/^<\/?/, '')) || (tag.startsWith('</') && BOXES.test(tag.slice(2)));

const isDroppedAfter = (tag: string): boolean =>
  BLOCKS.test(tag.replace(/^<\/?/, '')) || (!tag.startsWith('</') && BOXES.test(tag.slice(1)));
