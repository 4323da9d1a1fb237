/**
 * The page's one client, made on first use: importing this file does nothing, so it can be imported where there is no
 * page. Two copies of the script are two clients, each with a worker of its own.
 */
import program from '../worker/entry.ts?worker-program';
import { StreamClient } from './client.js';
import { nextFrame } from './frame.js';
import { Handover } from './handover.js';
import { pageTime } from './page-time.js';
import { VERSION } from './version.js';
import { workerRoutes } from './worker-routes.js';

let client: StreamClient | undefined;

export function pageClient(): StreamClient {
  client ??= new StreamClient({
    routes: (workerUrl) => workerRoutes({ program, workerUrl }),
    version: VERSION,
    time: pageTime,
    nextFrame: () => nextFrame(pageTime),
    handover: new Handover(),
    lifecycle: window,
  });
  return client;
}
