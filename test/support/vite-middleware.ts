/**
 * Lets web-test-runner serve the sources through Vite's development middlewares, so that tests run what the build
 * compiles and there is no second compiler.
 */
import type { TestRunnerConfig } from '@web/test-runner';
import { createServer, mergeConfig, type InlineConfig } from 'vite';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];
type RunnerPlugin = NonNullable<TestRunnerConfig['plugins']>[number];

/** Paths that the runner serves itself. */
const RUNNER_PATHS = /^\/(__web|wtr-|node_modules\/@web\/)|^\/$/;

export async function viteMiddleware(
  inline: InlineConfig,
): Promise<{ readonly middleware: Middleware; readonly plugin: RunnerPlugin }> {
  const vite = await createServer(
    mergeConfig<InlineConfig, InlineConfig>(
      {
        clearScreen: false,
        appType: 'custom',
        logLevel: 'warn',
        // Pre-bundling would load Lit twice and break the runner's own web socket import.
        optimizeDeps: { noDiscovery: true, include: [] },
        server: { middlewareMode: true, hmr: false, ws: false, watch: null },
        plugins: [
          {
            name: 'runner-modules',
            enforce: 'pre',
            resolveId: (id) => (id.startsWith('/__web-') ? { id, external: true } : null),
          },
        ],
      },
      inline,
    ),
  );
  const middleware: Middleware = (context, next) => {
    if (RUNNER_PATHS.test(context.path)) return next();
    return new Promise<void>((resolve, reject) => {
      context.res.on('close', resolve);
      context.respond = false;
      context.res.statusCode = 200;
      vite.middlewares(context.req, context.res, (error: unknown) => {
        context.respond = true;
        context.res.statusCode = 404;
        if (error instanceof Error) reject(error);
        else resolve(next());
      });
    });
  };
  return { middleware, plugin: { name: 'vite', serverStop: () => vite.close() } };
}
