/**
 * Owns the text of the broker's `standalone.conf` and the JVM's flags: pure functions from options to strings.
 * Refuses to read or write files and to start anything.
 *
 * Names and defaults: https://pulsar.apache.org/reference/#/4.0.x/config/reference-configuration-standalone
 */
import { signToken } from './token.js';

/** The release in `pom.xml` and of the container image. */
export const PULSAR_VERSION = '4.0.7';

/** The role that may do everything when token authentication is on. */
export const SUPER_USER_ROLE = 'admin';

export interface BrokerConfiguration {
  /** Address the broker listens on: 127.0.0.1 for a process, 0.0.0.0 inside a container. */
  readonly bindAddress: '127.0.0.1' | '0.0.0.0';
  /** HTTP: admin REST and WebSocket. */
  readonly webPort: number;
  /** Pulsar's binary protocol, which the WebSocket service itself speaks. */
  readonly brokerPort: number;
  /** Idle WebSocket sessions are closed after this long. Pulsar's own default is 300,000. */
  readonly idleTimeoutMs: number;
  /** When given, token authentication and authorization are on (JWT, HS256, this secret). */
  readonly tokenSecret?: string;
}

/** The text of `standalone.conf`. */
export function standaloneConf(configuration: BrokerConfiguration): string {
  const lines = [
    'clusterName=standalone',
    'advertisedAddress=127.0.0.1',
    `bindAddress=${configuration.bindAddress}`,
    `brokerServicePort=${configuration.brokerPort}`,
    `webServicePort=${configuration.webPort}`,
    'webSocketServiceEnabled=true',
    `webSocketSessionIdleTimeoutMillis=${configuration.idleTimeoutMs}`,
    // One bookie runs inside the broker, so a ledger can have one copy only.
    'managedLedgerDefaultEnsembleSize=1',
    'managedLedgerDefaultWriteQuorum=1',
    'managedLedgerDefaultAckQuorum=1',
    ...DISK,
    // A topic nobody reads just now must stay.
    'brokerDeleteInactiveTopicsEnabled=false',
    'loadBalancerEnabled=false',
    ...authentication(configuration.tokenSecret),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * A bookie takes no new ledgers on a disk that is 95 % full, or has less room left than one entry log of 1 GB, and the
 * only bookie here would answer "not enough non-faulty bookies" until somebody else tidies up. What tests and demos
 * write is small, so it may use what is left. Without `fsync` it survives SIGKILL, though not a power cut.
 *
 * Names: https://bookkeeper.apache.org/docs/reference/config
 */
const DISK: readonly string[] = [
  'diskUsageThreshold=0.999',
  'diskUsageWarnThreshold=0.99',
  'diskUsageLwmThreshold=0.99',
  'logSizeLimit=33554432',
  'journalMaxSizeMB=64',
  'journalPreAllocSizeMB=4',
  'journalSyncData=false',
];

function authentication(tokenSecret: string | undefined): readonly string[] {
  if (tokenSecret === undefined) return [];
  return [
    'authenticationEnabled=true',
    'authorizationEnabled=true',
    'authenticationProviders=org.apache.pulsar.broker.authentication.AuthenticationProviderToken',
    `tokenSecretKey=data:;base64,${Buffer.from(tokenSecret).toString('base64')}`,
    `superUserRoles=${SUPER_USER_ROLE}`,
    'brokerClientAuthenticationPlugin=org.apache.pulsar.client.impl.auth.AuthenticationToken',
    `brokerClientAuthenticationParameters=token:${signToken(tokenSecret, SUPER_USER_ROLE)}`,
  ];
}

/**
 * Flags for Java 17 and later. 512 MB of heap and 384 MB of direct memory are enough for tests and demos (about
 * 440 MB resident). Native libraries are unpacked into the temporary directory and stay there after a SIGKILL, so it
 * should be one that is removed or used again. The opened packages are the ones Pulsar's own start script opens.
 */
export function jvmFlags(log4jConfigurationFile: string, temporaryDirectory: string): readonly string[] {
  const opened = [
    'java.base/jdk.internal.loader',
    'java.base/java.lang',
    'java.base/java.util.zip',
    'java.base/java.nio',
    'java.base/jdk.internal.misc',
    'java.base/jdk.internal.platform',
    'java.management/sun.management',
    'jdk.management/com.sun.management.internal',
  ];
  return [
    '-Xmx512m',
    '-XX:MaxDirectMemorySize=384m',
    `-Djava.io.tmpdir=${temporaryDirectory}`,
    '-Dio.netty.tryReflectionSetAccessible=true',
    `-Dlog4j.configurationFile=${log4jConfigurationFile}`,
    ...opened.flatMap((name) => ['--add-opens', `${name}=ALL-UNNAMED`]),
  ];
}
