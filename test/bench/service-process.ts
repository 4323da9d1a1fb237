/** The built-in service in a process of its own, so that it does not share a thread with what is measured. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url));

export interface ServiceProcess {
  readonly webSocketBase: string;
  readonly tenant: string;
  stop(): void;
}

export async function startServiceProcess(): Promise<ServiceProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', MAIN, '--port', '0', '--no-simulation', '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const end = (): void => void child.kill();
  process.once('exit', end);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const { webSocketBase, tenant } = JSON.parse(line) as { webSocketBase: string; tenant: string };
  return {
    webSocketBase,
    tenant,
    stop: () => {
      process.off('exit', end);
      end();
    },
  };
}
