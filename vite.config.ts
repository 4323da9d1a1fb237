/**
 * The one build tool. Four shapes of the same sources:
 *
 *   vite build                 dist/index.js, dist/define.js   ES modules, Lit external, no side effect but define's
 *   vite build --mode widgets  dist/x8-widgets.js              script tag, with or without type="module": Lit and the worker
 *                                                              inside, registers both
 *   vite build --mode worker   dist/x8-worker.js               the worker as a file of its own, for `worker-url`
 *   vite                       the demo, from source
 */
import { minify as terser } from 'terser';
import { build, defineConfig, minify as oxc, type Plugin, type UserConfig } from 'vite';
import packageJson from './package.json' with { type: 'json' };
import { minifyTemplates } from './test/run/minify-templates.js';

const define = { __X8_VERSION__: JSON.stringify(packageJson.version) };

/**
 * `import program from './entry.ts?worker-program'`: the module and all it imports, bundled into one self-contained
 * function `(scope) => void`. Vite's own `?worker&inline` ships the worker as a string, which an in-page fallback
 * cannot run under a strict CSP; a function can be run *and* turned into text, so one copy serves both routes
 * (docs/decisions/0003).
 */
export function workerProgram(): Plugin {
  const query = '?worker-program';
  return {
    name: 'x8-worker-program',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(query)) return null;
      const resolved = await this.resolve(source.slice(0, -query.length), importer, { skipSelf: true });
      return resolved === null ? null : `${resolved.id}${query}`;
    },
    async load(id) {
      if (!id.endsWith(query)) return null;
      const entry = id.slice(0, -query.length);
      const { code, modules } = await bundleWorker(entry);
      for (const file of modules) this.addWatchFile(file);
      return {
        code: `export default function program(scope) {\n${code}\nX8WorkerProgram.serve(scope);\n}`,
        map: null,
      };
    },
  };
}

async function bundleWorker(entry: string): Promise<{ code: string; modules: readonly string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define,
    build: {
      target: 'es2022',
      write: false,
      sourcemap: false,
      lib: { entry, name: 'X8WorkerProgram', formats: ['iife'], fileName: () => 'worker.js' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    const chunk = output.output[0];
    return { code: chunk.code, modules: chunk.moduleIds.filter((file) => file.startsWith('/')) };
  }
  throw new Error(`The worker's program could not be bundled from ${entry}`);
}

/**
 * For the files that pages load and nobody bundles. Vite keeps white space and hints in a module library, for bundlers
 * to read. Terser after Oxc, because it inlines functions that have one caller: 1.1 kB of brotli less than Oxc alone,
 * and 0.7 kB less than Terser alone.
 */
function minifyScript(): Plugin {
  return {
    name: 'x8-minify-script',
    apply: 'build',
    renderChunk: {
      order: 'post',
      async handler(code, { fileName }) {
        const once = await oxc(fileName, code, {
          sourcemap: true,
          compress: { target: output.target },
          mangle: true,
          codegen: { removeWhitespace: true },
        });
        const twice = await terser(once.code, {
          ecma: 2020,
          compress: { passes: 2, keep_fargs: false },
          sourceMap: { content: JSON.stringify(once.map) },
        });
        return { code: twice.code ?? '', map: typeof twice.map === 'string' ? twice.map : null };
      },
    },
  };
}

/** Legal comments stand in every module of Lit; one line names what is inside and under which licence. */
const LICENCES = `/*! x8-widgets ${packageJson.version} (MIT). With Lit (c) Google LLC (BSD-3-Clause), idb-keyval (c) Jake Archibald (Apache-2.0). */`;

/**
 * After {@link minifyScript}: Rolldown prints once more, and is to leave no white space in. Strict inside the function, not
 * above it, where it would be the law for whatever a page puts into one file with it.
 */
const PRINTED = {
  comments: false,
  strict: false,
  intro: '"use strict";',
  postBanner: LICENCES,
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
} as const;

const output = { target: 'es2022', sourcemap: 'hidden', outDir: 'dist', emptyOutDir: false } as const;

export default defineConfig(({ mode }): UserConfig => {
  const shared = { define, plugins: [workerProgram(), minifyTemplates()] } satisfies UserConfig;
  switch (mode) {
    case 'widgets':
      return {
        ...shared,
        plugins: [...shared.plugins, minifyScript()],
        build: {
          ...output,
          lib: {
            entry: 'src/define.ts',
            name: 'X8Widgets',
            formats: ['iife'],
            fileName: () => 'x8-widgets.js',
          },
          rolldownOptions: { output: PRINTED, checks: { bundlerTimings: false } },
        },
      };
    case 'worker':
      return {
        ...shared,
        plugins: [...shared.plugins, minifyScript()],
        build: {
          ...output,
          lib: {
            entry: 'src/worker/worker.ts',
            name: 'X8Worker',
            formats: ['iife'],
            fileName: () => 'x8-worker.js',
          },
          rolldownOptions: { output: PRINTED, checks: { bundlerTimings: false } },
        },
      };
    case 'production':
      return {
        ...shared,
        build: {
          ...output,
          lib: { entry: { index: 'src/index.ts', define: 'src/define.ts' }, formats: ['es'] },
          rolldownOptions: {
            external: [/^lit(\/|$)/, /^@lit\//],
            // A name without a hash, so that its size has a budget.
            output: { chunkFileNames: 'shared.js' },
          },
        },
      };
    default:
      // The demo's development server.
      return { ...shared, root: 'demo', server: { fs: { allow: ['..'] } } };
  }
});
