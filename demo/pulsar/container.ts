/**
 * Owns one broker as a container of the official image, for computers without Java. Refuses to keep data: a
 * container's data lives as long as the container, that is until `stop` (a `kill` and a restart keep it). The image has
 * the BookKeeper whose restarts `pom.xml` tells of: after a `kill` it may refuse topics until it is killed again.
 */
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrokerHost } from './broker-host.js';
import { PULSAR_VERSION } from './configuration.js';
import { onExit } from './leash.js';

/** The first run downloads the image (about 1.5 GB). */
const PULL_TIMEOUT_MS = 20 * 60_000;
const COMMAND_TIMEOUT_MS = 60_000;
const CONFIGURATION_IN_CONTAINER = '/pulsar/conf/x8-standalone.conf';

export interface ContainerOptions {
  /** `docker` or `podman`. */
  readonly engine: string;
  /** Text of `standalone.conf`; it binds to 0.0.0.0 inside, and the ports are published on 127.0.0.1 only. */
  readonly configuration: string;
  readonly webPort: number;
  readonly brokerPort: number;
}

/** Parameters of `docker run` for a container that is not started in the foreground. */
export function containerParameters(
  name: string,
  configurationFile: string,
  options: ContainerOptions,
): readonly string[] {
  const published = [options.webPort, options.brokerPort].flatMap((port) => [
    '--publish',
    `127.0.0.1:${port}:${port}`,
  ]);
  return [
    ...['run', '--detach', '--name', name],
    ...published,
    ...['--volume', `${configurationFile}:${CONFIGURATION_IN_CONTAINER}:ro`],
    ...['--env', 'PULSAR_MEM=-Xmx512m -XX:MaxDirectMemorySize=384m'],
    ...['--env', `PULSAR_STANDALONE_CONF=${CONFIGURATION_IN_CONTAINER}`],
    `docker.io/apachepulsar/pulsar:${PULSAR_VERSION}`,
    ...['bin/pulsar', 'standalone', '--no-functions-worker', '--no-stream-storage'],
  ];
}

export class Container implements BrokerHost {
  readonly #options: ContainerOptions;
  readonly #name = `x8-widgets-pulsar-${randomBytes(4).toString('hex')}`;
  readonly #directory = mkdtempSync(join(tmpdir(), 'x8-pulsar-'));
  #releaseExit: (() => void) | undefined;

  /** The process belongs to the engine. */
  readonly pid = undefined;

  constructor(options: ContainerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    if (this.#releaseExit !== undefined) {
      await this.#run(['start', this.#name]);
      return;
    }
    const configurationFile = join(this.#directory, 'standalone.conf');
    // Readable for the image's own user.
    writeFileSync(configurationFile, this.#options.configuration, { mode: 0o644 });
    this.#releaseExit = onExit(() => {
      spawnSync(this.#options.engine, ['rm', '--force', this.#name], { timeout: COMMAND_TIMEOUT_MS });
      this.dispose();
    });
    await this.#run(containerParameters(this.#name, configurationFile, this.#options), PULL_TIMEOUT_MS);
  }

  async kill(): Promise<void> {
    try {
      await this.#run(['kill', this.#name]);
    } catch {
      // It had ended before, or was never made; either way it does not run now.
    }
  }

  async stop(): Promise<void> {
    await this.#run(['rm', '--force', this.#name]);
    this.#releaseExit?.();
    this.#releaseExit = undefined;
  }

  /** The engine is not asked: an unhealthy container shows as a start that takes too long. */
  failure(): undefined {
    return undefined;
  }

  dispose(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #run(parameters: readonly string[], timeoutMs = COMMAND_TIMEOUT_MS): Promise<void> {
    await promisify(execFile)(this.#options.engine, [...parameters], { timeout: timeoutMs });
  }
}
