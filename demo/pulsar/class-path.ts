/**
 * Owns the class path of the broker: asks Maven once, keeps the answer in `.cache/pulsar/`, and asks again only
 * when `pom.xml` changed or a jar is gone. Refuses to start the broker.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PULSAR_VERSION } from './configuration.js';
import { onExit } from './leash.js';

/** The first resolution downloads 240 MB. */
const MAVEN_TIMEOUT_MS = 20 * 60_000;
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** The kept class path, or undefined when there is none or one of its jars is gone. */
export function knownClassPath(cacheDirectory: string, sourceDirectory: string): string | undefined {
  const file = classPathFile(cacheDirectory, sourceDirectory);
  if (!existsSync(file)) return undefined;
  const classPath = readFileSync(file, 'utf8').trim();
  return classPath !== '' && classPath.split(delimiter).every(existsSync) ? classPath : undefined;
}

/** The class path, from the cache or from Maven. Rejects with the end of what Maven printed. */
export async function resolveClassPath(
  cacheDirectory: string,
  sourceDirectory: string,
  log: (line: string) => void,
): Promise<string> {
  const known = knownClassPath(cacheDirectory, sourceDirectory);
  if (known !== undefined) return known;
  log(`Maven fetches Apache Pulsar ${PULSAR_VERSION} (316 jars, 240 MB, once; some minutes).`);
  const workingDirectory = join(cacheDirectory, 'maven');
  mkdirSync(join(workingDirectory, 'empty-repository'), { recursive: true });
  const unfinished = join(workingDirectory, 'class-path.txt');
  await maven(workingDirectory, [
    '--batch-mode',
    '--no-transfer-progress',
    ...['--settings', join(sourceDirectory, 'maven-settings.xml')],
    ...['--file', join(sourceDirectory, 'pom.xml')],
    `${DEPENDENCY_PLUGIN}:build-classpath`,
    '-DincludeScope=runtime',
    `-Dmdep.outputFile=${unfinished}`,
  ]);
  // Renamed at the end, so that an interrupted run leaves nothing that looks finished.
  renameSync(unfinished, classPathFile(cacheDirectory, sourceDirectory));
  const resolved = knownClassPath(cacheDirectory, sourceDirectory);
  if (resolved === undefined) throw new Error('Maven finished, but jars of its class path are missing.');
  return resolved;
}

function classPathFile(cacheDirectory: string, sourceDirectory: string): string {
  const pom = createHash('sha256').update(readFileSync(join(sourceDirectory, 'pom.xml')));
  return join(cacheDirectory, `class-path-${pom.digest('hex').slice(0, 16)}.txt`);
}

function maven(workingDirectory: string, parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('mvn', parameters, {
      cwd: workingDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MAVEN_TIMEOUT_MS,
    });
    const release = onExit(() => child.kill());
    let printed = '';
    const keep = (chunk: Buffer): void => {
      printed = (printed + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => reject(new Error(`Maven could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      release();
      if (code === 0) resolve();
      else
        reject(new Error(`Maven ended with ${signal ?? `code ${code}`}. The end of its output:\n${printed}`));
    });
  });
}
