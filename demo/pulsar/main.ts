/**
 * The command `npm run pulsar [-- --port N] [--tenant T]`: a real Apache Pulsar with the demo's tenant, until
 * Ctrl-C. Its data stays in `.cache/pulsar/data`, so the next start goes on where this one ends.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE_DIRECTORY, NoPulsarError, startPulsar } from './pulsar.js';
import type { PulsarBroker } from './pulsar.js';
import { setUpTenant } from './set-up.js';

/** Pulsar's own default port, so that a copied address works with other tools too. */
const DEFAULT_PORT = 8080;

interface Command {
  readonly port: number;
  readonly tenant: string;
}

/** Throws with one line when the arguments make no sense. */
function readCommand(parameters: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...parameters],
    options: { port: { type: 'string' }, tenant: { type: 'string' } },
  });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('--port must be 1 to 65535.');
  const tenant = values.tenant ?? 'acme';
  if (!/^[\w.-]+$/.test(tenant)) throw new Error('--tenant may hold letters, digits, "_", "-" and "." only.');
  return { port, tenant };
}

/** Settles at the first Ctrl-C or SIGTERM. A second one does not wait: leaving ends the broker by force. */
function stopSignal(): Promise<'stopped'> {
  return new Promise((resolve) => {
    let isFirst = true;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (!isFirst) process.exit(130);
        isFirst = false;
        resolve('stopped');
      });
    }
  });
}

async function run(command: Command): Promise<void> {
  const stopped = stopSignal();
  const starting = startPulsar({ port: command.port, dataDirectory: join(CACHE_DIRECTORY, 'data') });
  const first = await Promise.race([starting, stopped]);
  // Stopped before it was healthy: leaving ends the broker with this process.
  if (first === 'stopped') process.exit(130);
  await serve(first, command.tenant, stopped);
}

async function serve(broker: PulsarBroker, tenant: string, stopped: Promise<'stopped'>): Promise<void> {
  await setUpTenant(broker.admin, tenant);
  const lines = [
    'Apache Pulsar is ready.',
    `  WebSocket  ${broker.webSocketBase}`,
    `  admin      ${broker.origin}/admin/v2`,
    `  tenant     ${tenant} (namespaces agent-v1, event-v1)`,
    broker.pid === undefined ? '' : `  process    ${broker.pid}`,
    'Ctrl-C stops it.',
  ];
  process.stdout.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
  await stopped;
  process.stderr.write('pulsar: stopping (up to 9 s).\n');
  await broker.stop();
}

try {
  await run(readCommand(process.argv.slice(2)));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof NoPulsarError ? '' : 'pulsar: '}${message}\n`);
  process.exitCode = 1;
}
