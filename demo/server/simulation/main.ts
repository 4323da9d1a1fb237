/**
 * The command that lets the simulation publish into a running service. Owns the command line; refuses to own
 * anything else. The key comes from the environment (`X8_API_KEY`) or `--key`, and is never printed.
 */
import { parseArgs } from 'node:util';
import { startSimulation } from './index.js';

const usage = `Usage: --service ws://host:port/ws/v2 --tenant acme [--seed 1] [--speed 1] [--warm-up 45] [--key K]
  --service   base address of the WebSocket service
  --tenant    tenant that has the namespaces event-v1 and agent-v1
  --seed      number; the same seed gives the same day
  --speed     how many times faster than life, up to 1000
  --warm-up   minutes of past events to publish first
  --key       API key; better set X8_API_KEY, which does not show in a process list`;

/** A number from the command line. Throws a sentence for the user. */
function numberFrom(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new TypeError(`--${name} must be a number`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      service: { type: 'string' },
      tenant: { type: 'string' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '1' },
      'warm-up': { type: 'string', default: '45' },
      key: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.service === undefined || values.tenant === undefined) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const key = values.key ?? process.env['X8_API_KEY'];
  const simulation = await startSimulation({
    webSocketBase: values.service,
    tenant: values.tenant,
    key: key === '' ? undefined : key,
    seed: numberFrom('seed', values.seed),
    speed: numberFrom('speed', values.speed),
    warmUpMinutes: numberFrom('warm-up', values['warm-up']),
    onTrouble: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  const stop = (): void => void simulation.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const lines = [
    `Publishing as tenant ${values.tenant}. Stop with Ctrl+C.`,
    'Agents',
    ...simulation.agents.map(({ id, name }) => `  ${id}  ${name}`),
    'Queues',
    ...simulation.queues.map(({ id, name }) => `  ${id.padEnd(24)}  ${name}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'The simulation did not start'}\n`);
  process.exitCode = 1;
});
