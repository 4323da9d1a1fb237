/** Runs a program to its end, within a bounded time, and gives back what it said. */
import { spawn } from 'node:child_process';

export interface CommandOptions {
  /** Added to this process's own environment; `undefined` takes a name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** The program is killed after this long. Default five minutes. */
  readonly timeoutMs?: number;
  /** `show` lets the program write to this terminal, and `output` stays empty. Default `keep`. */
  readonly output?: 'keep' | 'show';
}

export interface CommandResult {
  /** `undefined` when it was killed by a signal, the time limit included. */
  readonly code: number | undefined;
  /** Standard output and standard error together. */
  readonly output: string;
}

/** Rejects only when the program cannot be started. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { env = {}, cwd, timeoutMs = 300_000, output = 'keep' } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', output === 'show' ? 'inherit' : 'pipe', output === 'show' ? 'inherit' : 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    const limit = setTimeout(() => {
      chunks.push(Buffer.from(`\n${program} did not end within ${timeoutMs / 1000} s and was stopped\n`));
      child.kill();
      // A program that ignores the request does not hold the run up.
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? undefined, output: Buffer.concat(chunks).toString() });
    });
  });
}
