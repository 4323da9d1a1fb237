/**
 * Owns the start of a real Apache Pulsar for demos and tests: chooses how, waits until it is healthy, hands out
 * its addresses and its end. The only part of the project that needs Java, and only when it is called.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { PulsarAdmin } from './admin.js';
import type { BrokerHost } from './broker-host.js';
import { knownClassPath, resolveClassPath } from './class-path.js';
import { SUPER_USER_ROLE, standaloneConf } from './configuration.js';
import type { BrokerConfiguration } from './configuration.js';
import { Container } from './container.js';
import { assertPortIsFree, freePorts } from './free-port.js';
import { JavaProcess } from './java-process.js';
import { chooseRoute } from './route.js';
import { signToken } from './token.js';
import { findTools, javaCommand } from './tools.js';

const SOURCE_DIRECTORY = fileURLToPath(new URL('.', import.meta.url));
/** Git-ignored: class path and data. */
export const CACHE_DIRECTORY = fileURLToPath(new URL('../../.cache/pulsar', import.meta.url));

/** A start takes 5 to 7 s on two cores, a start after SIGKILL about the same. */
const START_TIMEOUT_MS = 120_000;
/** A broker that is said to run already. */
const FOREIGN_TIMEOUT_MS = 10_000;
const HEALTHY_POLL_MS = 200;

export interface PulsarOptions {
  /** Where the broker keeps its data. Default: a temporary folder that `stop` removes. */
  readonly dataDirectory?: string;
  /** Idle WebSocket sessions are closed after this long. Default 300,000, as Pulsar's. */
  readonly idleTimeoutMs?: number;
  /** Port of HTTP and WebSocket. Default: a free one. */
  readonly port?: number;
  /** Port of Pulsar's binary protocol. Default: a free one. */
  readonly brokerPort?: number;
  /** At least 32 bytes. When given, token authentication is on and `admin` is the super user. */
  readonly tokenSecret?: string;
  /** A broker that runs already; then none is started. Default: the environment variable PULSAR_URL. */
  readonly url?: string;
  /** Told what takes long. Default: a line on stderr. */
  readonly log?: (line: string) => void;
}

export interface PulsarBroker {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Such as `ws://127.0.0.1:8080/ws/v2`. */
  readonly webSocketBase: string;
  /** Process id; undefined for a container and for an address given in PULSAR_URL. */
  readonly pid: number | undefined;
  /** True when this process started the broker, so that it can be killed and restarted. */
  readonly isOurs: boolean;
  /** Admin REST client, with the super user's token where one is needed. */
  readonly admin: PulsarAdmin;
  /** Ends the broker. A broker given in PULSAR_URL is left alone. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
  /** Starts it again with the same data and ports, after a SIGKILL when it still runs. Settles when healthy. */
  restart(): Promise<void>;
}

/** No way to a broker on this computer. The message is one line that says what to install. */
export class NoPulsarError extends Error {
  override readonly name = 'NoPulsarError';
}

/** Starts a broker and settles when it is healthy, or rejects with the reason within a bounded time. */
export async function startPulsar(options: PulsarOptions = {}): Promise<PulsarBroker> {
  const route = chooseRoute({
    pulsarUrl: options.url ?? process.env['PULSAR_URL'],
    isClassPathKnown: knownClassPath(CACHE_DIRECTORY, SOURCE_DIRECTORY) !== undefined,
    findTools: () => findTools(process.env),
  });
  switch (route.kind) {
    case 'none':
      throw new NoPulsarError(route.advice);
    case 'address':
      return foreignBroker(route.origin);
    case 'java':
      return startHost(options, '127.0.0.1', javaHost);
    case 'container':
      return startHost(options, '0.0.0.0', async ({ text, configuration, log }) => {
        log(
          `A container of the official image is started (${route.engine}; the first time it is downloaded).`,
        );
        return new Container({ engine: route.engine, configuration: text, ...configuration });
      });
    default:
      return route satisfies never;
  }
}

interface HostInputs {
  readonly options: PulsarOptions;
  readonly configuration: BrokerConfiguration;
  /** Text of `standalone.conf`. */
  readonly text: string;
  readonly bookiePort: number;
  readonly log: (line: string) => void;
}

async function javaHost({ options, text, bookiePort, log }: HostInputs): Promise<BrokerHost> {
  return new JavaProcess({
    command: javaCommand(process.env),
    classPath: await resolveClassPath(CACHE_DIRECTORY, SOURCE_DIRECTORY, log),
    dataDirectory: options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'x8-pulsar-')),
    isTemporary: options.dataDirectory === undefined,
    configuration: text,
    bookiePort,
    log4jConfigurationFile: join(SOURCE_DIRECTORY, 'log4j2.xml'),
  });
}

async function startHost(
  options: PulsarOptions,
  bindAddress: BrokerConfiguration['bindAddress'],
  createHost: (inputs: HostInputs) => Promise<BrokerHost>,
): Promise<PulsarBroker> {
  const { idleTimeoutMs = 300_000, tokenSecret, log = logToStderr } = options;
  for (const port of [options.port, options.brokerPort]) if (port !== undefined) await assertPortIsFree(port);
  const [webPort = 0, brokerPort = 0, bookiePort = 0] = await freePorts(3);
  const configuration: BrokerConfiguration = {
    bindAddress,
    webPort: options.port ?? webPort,
    brokerPort: options.brokerPort ?? brokerPort,
    idleTimeoutMs,
    ...(tokenSecret === undefined ? {} : { tokenSecret }),
  };
  const text = standaloneConf(configuration);
  const host = await createHost({ options, configuration, text, bookiePort, log });
  const origin = `http://127.0.0.1:${configuration.webPort}`;
  const admin = new PulsarAdmin({
    origin,
    ...(tokenSecret === undefined ? {} : { token: signToken(tokenSecret, SUPER_USER_ROLE) }),
  });
  const start = async (): Promise<void> => {
    await host.start();
    await healthy(admin, START_TIMEOUT_MS, () => host.failure());
  };
  try {
    await start();
  } catch (error) {
    await host.kill();
    await host.stop();
    host.dispose();
    throw error;
  }
  return {
    ...addresses(origin),
    get pid() {
      return host.pid;
    },
    isOurs: true,
    admin,
    stop: async () => {
      await host.stop();
      host.dispose();
    },
    kill: () => host.kill(),
    restart: async () => {
      await host.kill();
      await start();
    },
  };
}

/** A broker that someone else runs: everything but its life can be used. */
async function foreignBroker(origin: string): Promise<PulsarBroker> {
  const admin = new PulsarAdmin({ origin });
  await healthy(admin, FOREIGN_TIMEOUT_MS);
  const refuse = async (): Promise<never> => {
    throw new Error('A broker that ran before is not ours to end.');
  };
  return {
    ...addresses(origin),
    pid: undefined,
    isOurs: false,
    admin,
    stop: async () => {},
    kill: refuse,
    restart: refuse,
  };
}

function addresses(origin: string): { readonly origin: string; readonly webSocketBase: string } {
  return { origin, webSocketBase: `${origin.replace(/^http/, 'ws')}/ws/v2` };
}

/** Asks the one path that can be believed: others answer while the cluster does not exist yet. */
async function healthy(
  admin: PulsarAdmin,
  timeoutMs: number,
  failure: () => string | undefined = () => undefined,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await admin.isHealthy())) {
    const reason = failure();
    if (reason !== undefined) throw new Error(reason);
    if (Date.now() > deadline) {
      throw new Error(`${admin.origin}/admin/v2/brokers/health did not answer 200 in ${timeoutMs / 1000} s.`);
    }
    await delay(HEALTHY_POLL_MS);
  }
}

function logToStderr(line: string): void {
  process.stderr.write(`pulsar: ${line}\n`);
}
