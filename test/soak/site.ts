/** The soak's page and the built script, on an origin of their own. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { builtScript } from '../support/built-script.js';

export interface Site {
  readonly origin: string;
  stop(): Promise<void>;
}

const page = (name: string): Promise<string> => readFile(new URL(`./page/${name}`, import.meta.url), 'utf8');

export async function startSite(): Promise<Site> {
  const [html, js, widgets] = await Promise.all([page('soak.html'), page('soak.js'), builtScript('widgets')]);
  const elsewhere = '<!doctype html><html lang="en"><title>Elsewhere</title></html>';
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/soak.html': ['text/html; charset=utf-8', html],
    '/elsewhere.html': ['text/html; charset=utf-8', elsewhere],
    '/soak.js': ['text/javascript; charset=utf-8', js],
    '/x8-widgets.js': ['text/javascript; charset=utf-8', widgets],
  };
  const server = createServer((request, response) => {
    const file = files[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
