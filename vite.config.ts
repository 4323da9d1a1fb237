/**
 * The one build tool. Four shapes of the same sources:
 *
 *   vite build                 dist/index.js, dist/define.js   ES modules, Lit external, no side effect but define's
 *   vite build --mode widgets  dist/x8-widgets.js              script tag: Lit and the worker inside, registers both
 *   vite build --mode worker   dist/x8-worker.js               the worker as a file of its own, for `worker-url`
 *   vite                       the demo, from source
 */
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';
import packageJson from './package.json' with { type: 'json' };

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

const output = { target: 'es2022', sourcemap: 'hidden', outDir: 'dist', emptyOutDir: false } as const;

export default defineConfig(({ mode }): UserConfig => {
  const shared: UserConfig = { define, plugins: [workerProgram()] };
  switch (mode) {
    case 'widgets':
      return {
        ...shared,
        build: {
          ...output,
          lib: { entry: 'src/define.ts', formats: ['es'], fileName: () => 'x8-widgets.js' },
          // Left to itself, Vite keeps a module library's white space for bundlers to read; nobody bundles this file.
          rolldownOptions: { output: { minify: true } },
        },
      };
    case 'worker':
      return {
        ...shared,
        build: {
          ...output,
          lib: {
            entry: 'src/worker/worker.ts',
            name: 'X8Worker',
            formats: ['iife'],
            fileName: () => 'x8-worker.js',
          },
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
