/** Builds the script tag's file with the time machine in its worker, when the first test asks for it. */
import { fileURLToPath } from 'node:url';
import type { TestRunnerConfig } from '@web/test-runner';
import { build, type Plugin } from 'vite';
import viteConfig from '../../../../vite.config.js';
import { TIME_MACHINE_SCRIPT } from './control.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const PROGRAM = '?worker-program';
const PLATFORM = fileURLToPath(new URL('./platform.ts', import.meta.url));

export function timeMachineScript(): Middleware {
  let script: Promise<string> | undefined;
  return async (context, next) => {
    if (context.path !== TIME_MACHINE_SCRIPT) return next();
    script ??= buildScript();
    context.type = 'text/javascript';
    context.body = await script;
  };
}

async function buildScript(): Promise<string> {
  const config = viteConfig({ mode: 'widgets', command: 'build' });
  return bundle({
    ...config,
    // First, so that the worker's program is built by it; minified names and white space matter to nobody here.
    plugins: [timeMachine(config.define ?? {}), config.plugins?.[0]],
    build: { ...config.build, write: false, sourcemap: false },
  });
}

function timeMachine(define: Record<string, unknown>): Plugin {
  return {
    name: 'x8-time-machine',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(PROGRAM)) return null;
      const code = await bundle({
        define,
        plugins: [replacePlatform()],
        build: {
          target: 'es2022',
          write: false,
          lib: { entry: id.slice(0, -PROGRAM.length), name: 'X8WorkerProgram', formats: ['iife'] },
        },
      });
      return `export default function program(scope) {\n${code}\nX8WorkerProgram.serve(scope);\n}`;
    },
  };
}

function replacePlatform(): Plugin {
  return {
    name: 'x8-replace-platform',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === './platform.js' && importer?.endsWith('/src/worker/entry.ts') === true ? PLATFORM : null,
  };
}

async function bundle(config: NonNullable<Parameters<typeof build>[0]>): Promise<string> {
  const result = await build({ ...config, configFile: false, logLevel: 'warn' });
  for (const output of Array.isArray(result) ? result : [result]) {
    if ('output' in output) return output.output[0].code;
  }
  throw new Error('the build made nothing');
}
