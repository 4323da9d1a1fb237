/** Owns the questions to the operating system about TCP ports: which are free just now, and whether one is. */
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Distinct TCP ports that were free on 127.0.0.1 a moment ago. All of them are held open together before the
 * first is given back, so one call never names a port twice.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/** Rejects with one line when something listens on the port already. */
export async function assertPortIsFree(port: number): Promise<void> {
  try {
    await close(await listen(port));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`Port ${port} of 127.0.0.1 cannot be used (${reason}); choose another one.`, {
      cause: error,
    });
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
