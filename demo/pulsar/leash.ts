/**
 * Owns one promise: what this process has started does not outlive it. Refuses to find anything by name; only
 * what was handed over here is ended.
 */
import { spawn } from 'node:child_process';

type End = () => void;

const ends = new Set<End>();
let isInstalled = false;

/**
 * Has `end` called (synchronously) when this process exits or is told to. Returns the release, for a child that
 * has ended on its own.
 */
export function onExit(end: End): () => void {
  install();
  ends.add(end);
  return () => ends.delete(end);
}

function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  process.once('exit', endAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      // Whoever else listens (the demo command, the test runner) ends in its own time; 'exit' does the rest.
      // They listen with `on`: a `once` would be gone from the count by now.
      if (process.listenerCount(signal) > 0) return;
      endAll();
      process.kill(process.pid, signal);
    });
  }
}

function endAll(): void {
  for (const end of ends) end();
  ends.clear();
}

/**
 * Ends `pid` with SIGKILL even when this process is killed without a chance to run anything: a shell waits on a
 * pipe from here, which the system closes. Returns the release. On Windows, where there is no such shell, exit
 * handlers alone have to do.
 */
export function holdByPipe(pid: number): () => void {
  if (process.platform === 'win32') return () => {};
  const script = 'read -r word; [ "$word" = release ] || kill -9 "$0"';
  const guard = spawn('/bin/sh', ['-c', script, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own, so that Ctrl-C does not end the guard before the guarded.
    detached: true,
  });
  // The guard may be gone already when the release is written (EPIPE); then there is nothing to release.
  guard.stdin.on('error', () => {});
  guard.on('error', () => {});
  guard.unref();
  (guard.stdin as unknown as { unref?(): void }).unref?.();
  return () => guard.stdin.end('release\n');
}
