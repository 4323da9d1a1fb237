/**
 * `npm start`: a service, a call centre that publishes into it, and the page that shows them.
 *
 *   npm start [-- --port N] [--seed N] [--speed N]     the built-in service
 *   npm run demo:pulsar                                a real Apache Pulsar
 */
import { parseArgs } from 'node:util';
import { createServer, mergeConfig, type Plugin, type UserConfig } from 'vite';
import viteConfig from '../vite.config.js';
import type { DemoService } from './demo-service.js';
import { startPulsar } from './pulsar/pulsar.js';
import { setUpTenant } from './pulsar/set-up.js';
import { startService } from './server/service.js';
import { reasonCodes, startSimulation } from './server/simulation/index.js';

const DEFAULT_PORT = 8844;
const TENANT = 'acme';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: String(DEFAULT_PORT) },
    seed: { type: 'string', default: '8' },
    speed: { type: 'string', default: '1' },
    pulsar: { type: 'boolean', default: false },
  },
});

interface Started {
  readonly webSocketBase: string;
  readonly tenant: string;
  readonly faultDoor: string | undefined;
  stop(): Promise<void>;
}

async function startBuiltIn(): Promise<Started> {
  const service = await startService({});
  return {
    webSocketBase: service.webSocketBase,
    tenant: service.tenant,
    faultDoor: `${service.origin}/_faults`,
    stop: () => service.stop(),
  };
}

async function startRealBroker(): Promise<Started> {
  const broker = await startPulsar({});
  await setUpTenant(broker.admin, TENANT);
  return {
    webSocketBase: broker.webSocketBase,
    tenant: TENANT,
    faultDoor: undefined,
    stop: () => broker.stop(),
  };
}

const service = values.pulsar ? await startRealBroker() : await startBuiltIn();
const simulation = await startSimulation({
  webSocketBase: service.webSocketBase,
  tenant: service.tenant,
  seed: Number(values.seed),
  speed: Number(values.speed),
});

const description: DemoService = {
  kind: values.pulsar ? 'Apache Pulsar' : 'Built-in service',
  endpoint: service.webSocketBase,
  tenant: service.tenant,
  agents: simulation.agents,
  queues: simulation.queues,
  reasonCodes,
  faultDoor: service.faultDoor,
};

const serviceDescription: Plugin = {
  name: 'x8-demo-service',
  configureServer(server) {
    server.middlewares.use('/service.json', (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(description));
    });
  },
};

const base = viteConfig({ mode: 'development', command: 'serve' });
const vite = await createServer(
  mergeConfig<UserConfig, UserConfig>(base, {
    configFile: false,
    clearScreen: false,
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: Number(values.port) },
    plugins: [serviceDescription],
  } as UserConfig),
);
await vite.listen();

console.log(`Page:     ${vite.resolvedUrls?.local[0] ?? ''}`);
console.log(`Service:  ${service.webSocketBase} (tenant ${service.tenant})`);
console.log(`Agents:   ${simulation.agents.map(({ id, name }) => `${name} ${id}`).join(', ')}`);
console.log(`Queues:   ${simulation.queues.map(({ id, name }) => `${name} ${id}`).join(', ')}`);
console.log('Ctrl+C ends everything.');

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void Promise.allSettled([simulation.stop(), vite.close()])
      .then(() => service.stop())
      .finally(() => process.exit(0));
  });
}
