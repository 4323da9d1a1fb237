/**
 * Owns the command line of the stand-in service: `npm run service -- --port N`. It starts the service, then the
 * call-centre simulation, says where everything is, and stays until SIGINT or SIGTERM.
 */

import { parseArguments, USAGE } from './arguments.js';
import { startService } from './service.js';
// Its types only: with `--no-simulation` it is never loaded.
import type { Simulation } from './simulation/index.js';

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    console.log(USAGE);
    break;
  case 'wrong':
    console.error(`service: ${parsed.message}. Try --help.`);
    process.exitCode = 2;
    break;
  case 'run':
    await run(parsed.options);
    break;
  default:
    parsed satisfies never;
}

async function run(options: Extract<typeof parsed, { kind: 'run' }>['options']): Promise<void> {
  const { port, host, tenant, key, seed, speed } = options;
  let service;
  try {
    service = await startService({ port, host, tenant, key });
  } catch (error) {
    console.error(
      `service: cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : 'unknown'}`,
    );
    process.exitCode = 1;
    return;
  }
  const { webSocketBase, origin } = service;
  let simulation: Simulation | undefined;
  if (options.hasSimulation) {
    const { startSimulation } = await import('./simulation/index.js');
    simulation = await startSimulation({
      webSocketBase,
      tenant,
      key,
      seed,
      speed,
      onTrouble: (sentence) => console.error(`simulation: ${sentence}`),
    });
  }
  const { agents, queues } = simulation ?? { agents: [], queues: [] };
  if (options.isJson) {
    console.log(JSON.stringify({ webSocketBase, origin, tenant, agents, queues }));
  } else {
    console.log(`endpoint ${webSocketBase}`);
    console.log(`origin ${origin}`);
    console.log(`tenant ${tenant}`);
    agents.forEach(({ id, name }) => console.log(`agent ${id} ${name}`));
    queues.forEach(({ id, name }) => console.log(`queue ${id} ${name}`));
  }
  await endSignal();
  await simulation?.stop();
  await service.stop();
}

function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
