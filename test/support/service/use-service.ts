/**
 * Owns the service of one test file: which kind (environment variable SERVICE: `stand-in`, the default, or
 * `pulsar`), its start before the first test and its stop after the last, a fresh topic for each test.
 */
import { after, afterEach, before } from 'node:test';
import { randomBytes } from 'node:crypto';
import { DEMO_RETENTION } from '../../../demo/pulsar/admin.js';
import { serviceKind, startServiceUnderTest } from './service.js';
import type { ServiceKind, ServiceOptions, ServiceUnderTest } from './service.js';

/** Set by the contract run to the origin of the broker that its test files share. */
export const SHARED_PULSAR = 'CONTRACT_SHARED_PULSAR';

/**
 * The `skip` of a test that says something about one kind only: false where it runs, elsewhere the reason,
 * which the test report prints beside the test's name.
 */
export function onlyOn(kind: ServiceKind, reason: string): string | false {
  return serviceKind() === kind ? false : `does not apply to the ${serviceKind()}: ${reason}`;
}

/** The `skip` of a file that needs a service of its own, when the broker is one that someone else runs. */
export function needsOwnService(): string | false {
  const isForeign = serviceKind() === 'pulsar' && (process.env['PULSAR_URL'] ?? '') !== '';
  return isForeign && 'cannot be tried on the broker at PULSAR_URL: it needs one that is started for it';
}

export interface ServiceOfFile {
  /** The running service. Throws before the first test. */
  readonly service: ServiceUnderTest;
  /** Namespace of this file, with retention: nothing is lost for being read or unread. */
  readonly namespace: string;
  /** A topic that no other test uses: `tenant/namespace/topic`. */
  freshTopic(): string;
}

export interface UseServiceOptions extends ServiceOptions {
  /** True when the file needs a service of its own, because it restarts it. */
  readonly isRestarted?: boolean;
  /** As for a test: when given, no service is started. */
  readonly skip?: string | false;
}

/** Gives a test file its service. Call once, at the top of the file. */
export function useService(options: UseServiceOptions = {}): ServiceOfFile {
  const { isRestarted = false, skip = false, ...serviceOptions } = options;
  const isPlain = !isRestarted && Object.keys(serviceOptions).length === 0;
  let current: ServiceUnderTest | undefined;
  let topics = 0;
  const namespaceName = `contract-${randomBytes(4).toString('hex')}`;
  const running = (): ServiceUnderTest => {
    if (current === undefined) throw new Error('The service of this file does not run.');
    return current;
  };
  before(async () => {
    if (skip !== false) return;
    current = await startServiceUnderTest(serviceKind(), {
      ...serviceOptions,
      ...(isPlain ? sharedOrigin() : {}),
    });
    const namespace = `${current.tenant}/${namespaceName}`;
    await current.admin.createNamespace(namespace);
    await current.admin.setRetention(namespace, DEMO_RETENTION);
  });
  afterEach(() => current?.hangUp());
  after(() => current?.stop());
  return {
    get service() {
      return running();
    },
    get namespace() {
      return `${running().tenant}/${namespaceName}`;
    },
    freshTopic() {
      topics += 1;
      return `${this.namespace}/topic-${topics}`;
    },
  };
}

function sharedOrigin(): Pick<ServiceOptions, 'sharedOrigin'> {
  const origin = process.env[SHARED_PULSAR];
  return serviceKind() === 'pulsar' && origin !== undefined ? { sharedOrigin: origin } : {};
}
