/** `npm run size`: what every shipped script weighs, raw and as the network carries it, against its budget. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Findings } from './checks/source.js';
import { BROTLI_BUDGET } from './size-budget.js';

/** Bytes. */
export interface Size {
  readonly file: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

const BUDGET_FILE = 'test/run/size-budget.ts';

/** Every script in `folder`, sub-folders included, types and maps not. */
export function measure(folder: string): readonly Size[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .toSorted()
    .map((file) => sizeOf(file, readFileSync(join(folder, file))));
}

export function sizeOf(file: string, bytes: Buffer): Size {
  return {
    file,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }).length,
  };
}

/** `budgetText` is the text of the budget file: the finding names the line to edit. */
export function sizeFindings(
  sizes: readonly Size[],
  budget: Readonly<Record<string, number>>,
  budgetText: string,
): Findings {
  const lines = budgetText.split('\n');
  const place = (file: string): string =>
    `${BUDGET_FILE}:${lines.findIndex((line) => line.includes(`'${file}'`)) + 1}`;
  const measured = new Set(sizes.map(({ file }) => file));
  return [
    ...sizes.flatMap(({ file, brotli }) => {
      const limit = budget[file];
      if (limit === undefined) return [`${BUDGET_FILE}: ${file} is shipped and has no budget`];
      return brotli > limit
        ? [`${place(file)}: ${file} is ${brotli} bytes in brotli, over its ${limit}`]
        : [];
    }),
    ...Object.keys(budget)
      .filter((file) => !measured.has(file))
      .map((file) => `${place(file)}: ${file} has a budget and is not shipped`),
  ];
}

export function sizeTable(sizes: readonly Size[], budget: Readonly<Record<string, number>>): string {
  const kB = (bytes: number | undefined): string =>
    bytes === undefined ? '–' : `${(bytes / 1000).toFixed(1)} kB`;
  return [
    '| File | Raw | gzip -9 | brotli 11 | Budget (brotli) |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...sizes.map(
      ({ file, raw, gzip, brotli }) =>
        `| \`${file}\` | ${kB(raw)} | ${kB(gzip)} | ${kB(brotli)} | ${kB(budget[file])} |`,
    ),
  ].join('\n');
}

export function checkSizes(folder: string): { readonly table: string; readonly findings: Findings } {
  const sizes = measure(folder);
  return {
    table: sizeTable(sizes, BROTLI_BUDGET),
    findings: sizeFindings(sizes, BROTLI_BUDGET, readFileSync(BUDGET_FILE, 'utf8')),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { table, findings } = checkSizes(process.argv[2] ?? 'dist');
  console.log(table);
  for (const finding of findings) console.error(finding);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
