/** The shipped scripts, built in memory as `npm run build` makes them: for test pages that need no `dist`. */
import { build } from 'vite';
import viteConfig from '../../vite.config.js';

/** The code of one of the build's modes. */
export async function builtScript(mode: 'widgets' | 'worker'): Promise<string> {
  const config = viteConfig({ mode, command: 'build' });
  const result = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: { ...config.build, write: false, sourcemap: false },
  });
  for (const output of Array.isArray(result) ? result : [result]) {
    if ('output' in output) return output.output[0].code;
  }
  throw new Error(`The build made nothing for ${mode}`);
}
