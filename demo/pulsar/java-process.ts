/** Owns one broker as a Java process: its folder, its start, its end. Refuses to know when it is healthy. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrokerHost } from './broker-host.js';
import { jvmFlags } from './configuration.js';
import { holdByPipe, onExit } from './leash.js';

/** SIGTERM was seen to take up to 9 s: the broker hands its topics over and gives its metadata lock back. */
const STOP_TIMEOUT_MS = 20_000;

export interface JavaProcessOptions {
  /** Such as `java`. */
  readonly command: string;
  readonly classPath: string;
  /** Working directory: metadata, ledgers, configuration and log. */
  readonly dataDirectory: string;
  /** True when the folder is of no use after this run. */
  readonly isTemporary: boolean;
  /** Text of `standalone.conf`. */
  readonly configuration: string;
  readonly bookiePort: number;
  readonly log4jConfigurationFile: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly closed: Promise<void>;
}

export class JavaProcess implements BrokerHost {
  readonly #options: JavaProcessOptions;
  #running: Running | undefined;
  #failure: string | undefined;

  constructor(options: JavaProcessOptions) {
    this.#options = { ...options, dataDirectory: resolve(options.dataDirectory) };
  }

  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  async start(): Promise<void> {
    if (this.#running !== undefined) throw new Error('The broker runs already.');
    const { command, dataDirectory } = this.#options;
    // What the last run unpacked is of no use to this one, and a killed one removes nothing.
    rmSync(this.#temporaryDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    mkdirSync(this.#temporaryDirectory, { recursive: true });
    const configurationFile = join(dataDirectory, 'standalone.conf');
    // The file may hold a token secret.
    writeFileSync(configurationFile, this.#options.configuration, { mode: 0o600 });
    const log = openSync(this.#logFile, 'w');
    this.#failure = undefined;
    const child = spawn(command, this.#parameters(configurationFile), {
      cwd: dataDirectory,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#running = { child, closed: this.#watch(child) };
  }

  async kill(): Promise<void> {
    this.#running?.child.kill('SIGKILL');
    await this.#running?.closed;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    running.child.kill('SIGTERM');
    const force = setTimeout(() => running.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await running.closed;
    clearTimeout(force);
  }

  failure(): string | undefined {
    return this.#failure;
  }

  dispose(): void {
    if (!this.#options.isTemporary) return;
    // A broker that has just been killed may still be writing, which shows as "not empty".
    rmSync(this.#options.dataDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  get #temporaryDirectory(): string {
    return join(this.#options.dataDirectory, 'tmp');
  }

  get #logFile(): string {
    return join(this.#options.dataDirectory, 'broker.log');
  }

  #parameters(configurationFile: string): readonly string[] {
    return [
      ...jvmFlags(this.#options.log4jConfigurationFile, this.#temporaryDirectory),
      ...['-classpath', this.#options.classPath],
      'org.apache.pulsar.PulsarStandaloneStarter',
      ...['-c', configurationFile],
      ...['--bookkeeper-port', String(this.#options.bookiePort)],
      '--no-functions-worker',
      '--no-stream-storage',
    ];
  }

  /** Keeps the child on its leash and settles, never rejects, when it is gone. */
  #watch(child: ChildProcess): Promise<void> {
    const releases = [
      onExit(() => {
        child.kill('SIGKILL');
        this.dispose();
      }),
    ];
    if (child.pid !== undefined) releases.push(holdByPipe(child.pid));
    return new Promise((resolve) => {
      const gone = (reason: string): void => {
        for (const release of releases) release();
        this.#failure = this.#explain(reason);
        this.#running = undefined;
        resolve();
      };
      child.once('error', (error) => gone(`The broker could not be started: ${error.message}`));
      child.once('exit', (code, signal) => gone(`The broker ended with ${signal ?? `code ${code}`}`));
    });
  }

  #explain(reason: string): string {
    const log = this.#endOfLog();
    // RocksDB, which holds the metadata, lets one process in at a time.
    return log.includes('While lock file')
      ? `Another broker uses the data folder ${this.#options.dataDirectory}; stop it first.`
      : `${reason}. The end of its log:\n${log}`;
  }

  #endOfLog(): string {
    try {
      return readFileSync(this.#logFile, 'utf8').slice(-3000);
    } catch {
      // The folder was removed under the broker; there is no more to tell.
      return '(no log)';
    }
  }
}
