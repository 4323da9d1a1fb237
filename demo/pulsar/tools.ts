/** Owns the question which Java, Maven and container engine this computer has. Refuses to install any. */
import { spawnSync } from 'node:child_process';

/** The oldest Java that Pulsar 4.0 runs on. */
export const LEAST_JAVA = 17;

/** Major version in what `java -version` prints (`openjdk version "17.0.15"`, `java version "1.8.0_392"`). */
export function javaMajorVersion(printed: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(printed);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The `java` to use: that of JAVA_HOME, else the one on the path. */
export function javaCommand(environment: NodeJS.ProcessEnv): string {
  const home = environment['JAVA_HOME'];
  return home === undefined || home === '' ? 'java' : `${home}/bin/java`;
}

export interface Tools {
  /** Major version of Java, undefined when there is none. */
  readonly java: number | undefined;
  readonly hasMaven: boolean;
  /** The container engine that answers, undefined when none does. */
  readonly containerEngine: string | undefined;
}

/** Asks the computer. Each question is bounded to 20 s. */
export function findTools(environment: NodeJS.ProcessEnv): Tools {
  const java = run(javaCommand(environment), ['-version']);
  return {
    java: java.isFine ? javaMajorVersion(java.printed) : undefined,
    hasMaven: run('mvn', ['-version']).isFine,
    // `info` reaches the engine; `version` would be content with the command alone.
    containerEngine: ['docker', 'podman'].find((engine) => run(engine, ['info']).isFine),
  };
}

function run(command: string, parameters: readonly string[]): { isFine: boolean; printed: string } {
  const result = spawnSync(command, parameters, { encoding: 'utf8', timeout: 20_000 });
  return { isFine: result.status === 0, printed: `${result.stdout ?? ''}${result.stderr ?? ''}` };
}
