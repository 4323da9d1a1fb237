/** `npm run browsers`: the engines that the tests need, without running the tests. */
import { ensureBrowsers } from './browsers.js';
import { parseOptions } from './options.js';

try {
  const { browsers } = parseOptions(process.argv.slice(2), process.env);
  await ensureBrowsers(browsers);
  console.log(`${browsers.join(', ')}: installed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
