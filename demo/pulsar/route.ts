/** Owns the choice how to get at a broker: a pure function of what the user said and what the computer has. */
import { LEAST_JAVA } from './tools.js';
import type { Tools } from './tools.js';

export type Route =
  /** A broker that runs already; nothing is started or stopped. */
  | { readonly kind: 'address'; readonly origin: string }
  /** A Java process. */
  | { readonly kind: 'java' }
  /** The official image. */
  | { readonly kind: 'container'; readonly engine: string }
  | { readonly kind: 'none'; readonly advice: string };

export interface RouteInputs {
  /** The environment variable PULSAR_URL. */
  readonly pulsarUrl: string | undefined;
  /** True when an earlier start left a class path that still holds; then Maven is not needed. */
  readonly isClassPathKnown: boolean;
  /** Asked only when it matters: it starts processes. */
  readonly findTools: () => Tools;
}

/** First the address the user gave, then Java, then a container. */
export function chooseRoute(inputs: RouteInputs): Route {
  if (inputs.pulsarUrl !== undefined && inputs.pulsarUrl !== '') return addressRoute(inputs.pulsarUrl);
  const tools = inputs.findTools();
  const hasJava = tools.java !== undefined && tools.java >= LEAST_JAVA;
  if (hasJava && (tools.hasMaven || inputs.isClassPathKnown)) return { kind: 'java' };
  if (tools.containerEngine !== undefined) return { kind: 'container', engine: tools.containerEngine };
  return { kind: 'none', advice: adviceFor(tools, hasJava) };
}

function addressRoute(pulsarUrl: string): Route {
  const url = URL.canParse(pulsarUrl) ? new URL(pulsarUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return { kind: 'none', advice: 'PULSAR_URL must be an http(s) address such as http://127.0.0.1:8080.' };
  }
  return { kind: 'address', origin: url.origin };
}

function adviceFor(tools: Tools, hasJava: boolean): string {
  const found = [
    tools.java === undefined ? 'no Java' : `Java ${tools.java}`,
    tools.hasMaven ? 'Maven' : 'no Maven',
    'no container engine that answers',
  ].join(', ');
  const missing = hasJava ? 'Maven' : tools.hasMaven ? `Java ${LEAST_JAVA}` : `Java ${LEAST_JAVA} and Maven`;
  return (
    `Apache Pulsar cannot start here (${found}): install ${missing} (Debian: apt-get install ` +
    `openjdk-17-jre-headless maven) or start Docker, or set PULSAR_URL to a broker that runs.`
  );
}
