// The runner loads its configuration as JavaScript; the configuration proper is TypeScript beside the tests' tools.
import { register } from 'tsx/esm/api';

const unregister = register();
const { runnerConfig } = await import('./test/support/runner-config.ts');
const config = await runnerConfig();
await unregister();

export default config;
