/**
 * Owns the few calls of Pulsar's admin REST API that set-up and tests need, against any service that speaks it.
 * Refuses to retry and to decide: what the service answered is handed on.
 *
 * https://pulsar.apache.org/admin-rest-api/?version=4.0
 */

/** What the service answered, whatever the status. */
export interface AdminResponse {
  readonly status: number;
  readonly body: string;
}

/** How long and how much of what was read is kept. -1 means without limit; two zeros keep nothing. */
export interface RetentionPolicies {
  readonly retentionTimeInMinutes: number;
  readonly retentionSizeInMB: number;
}

/** A day or half a gigabyte, whichever ends first. Without it a topic keeps only what a subscription still needs. */
export const DEMO_RETENTION: RetentionPolicies = { retentionTimeInMinutes: 1440, retentionSizeInMB: 512 };

/** One ledger of a topic as `internalStats` lists it; the ledger being written shows 0 entries. */
export interface LedgerInfo {
  readonly ledgerId: number;
  readonly entries: number;
}

/** The part of `internalStats` that is used here. */
export interface TopicInternalStats {
  readonly numberOfEntries: number;
  readonly lastConfirmedEntry: string;
  readonly ledgers: readonly LedgerInfo[];
}

/** The service refused an admin call: a status outside 200 to 299. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: number;

  constructor(method: string, path: string, response: AdminResponse) {
    super(`${method} /admin/v2/${path} answered ${response.status}: ${response.body.slice(0, 300)}`);
    this.status = response.status;
  }
}

/** Shorter than other calls: it is asked again anyway, and a healthy broker answers in well under a second. */
const HEALTH_TIMEOUT_MS = 5000;

export interface AdminOptions {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** A super user's token, when the service asks for one. */
  readonly token?: string;
  /** Gives up on one call after this long. Default 20,000. */
  readonly timeoutMs?: number;
}

/** Admin REST client. A namespace is `tenant/namespace`, a topic `tenant/namespace/topic`. */
export class PulsarAdmin {
  readonly #options: AdminOptions;

  constructor(options: AdminOptions) {
    this.#options = options;
  }

  get origin(): string {
    return this.#options.origin;
  }

  /** Any call, answered with status and body. Rejects only when no answer comes. */
  request(method: string, path: string, body?: unknown): Promise<AdminResponse> {
    return this.#send(method, path, body, this.#options.timeoutMs ?? 20_000);
  }

  /** Creates a tenant, or leaves it as it is when it exists already (409). */
  async createTenant(tenant: string): Promise<void> {
    const settings = { allowedClusters: ['standalone'], adminRoles: [] };
    await this.#expect('PUT', `tenants/${encodeURIComponent(tenant)}`, settings, [409]);
  }

  /** Creates a namespace, or leaves it as it is when it exists already (409). */
  async createNamespace(namespace: string): Promise<void> {
    await this.#expect('PUT', `namespaces/${encodePath(namespace)}`, undefined, [409]);
  }

  /** Retention of every topic in a namespace that has no retention of its own. */
  async setRetention(namespace: string, policies: RetentionPolicies): Promise<void> {
    await this.#expect('POST', `namespaces/${encodePath(namespace)}/retention`, policies);
  }

  /** Retention of one topic. The broker applies it a moment after it has answered. */
  async setTopicRetention(topic: string, policies: RetentionPolicies): Promise<void> {
    await this.#expect('POST', `${topicPath(topic)}/retention`, policies);
  }

  /** Lets a role do the named actions in a namespace. */
  async grantPermission(
    namespace: string,
    role: string,
    actions: readonly ('produce' | 'consume')[],
  ): Promise<void> {
    await this.#expect('POST', `namespaces/${encodePath(namespace)}/permissions/${role}`, actions);
  }

  /** Makes the broker let go of a topic. It comes back at the next use, writing to a new ledger. */
  async unload(topic: string): Promise<void> {
    await this.#expect('PUT', `${topicPath(topic)}/unload`);
  }

  /** Ends a topic for good: nothing more can be published. */
  async terminate(topic: string): Promise<void> {
    await this.#expect('POST', `${topicPath(topic)}/terminate`);
  }

  /** Deletes a topic; with `force` also while someone is connected to it. */
  async deleteTopic(topic: string, options: { readonly force: boolean }): Promise<void> {
    await this.#expect('DELETE', `${topicPath(topic)}?force=${options.force}`);
  }

  /** Creates a partitioned topic. */
  async createPartitionedTopic(topic: string, partitions: number): Promise<void> {
    await this.#expect('PUT', `${topicPath(topic)}/partitions`, partitions);
  }

  /** Drops every closed ledger that neither retention nor a subscription holds. */
  async trim(topic: string): Promise<void> {
    await this.#expect('POST', `${topicPath(topic)}/trim`);
  }

  /** Ledgers and entry counts of a topic. */
  async internalStats(topic: string): Promise<TopicInternalStats> {
    const { body } = await this.#expect('GET', `${topicPath(topic)}/internalStats`);
    return JSON.parse(body) as TopicInternalStats;
  }

  /** True once the broker can create, write and read a topic. Never rejects: no answer is a "not yet". */
  async isHealthy(): Promise<boolean> {
    try {
      return (await this.#send('GET', 'brokers/health', undefined, HEALTH_TIMEOUT_MS)).status === 200;
    } catch {
      // Refused, reset or timed out: the broker is starting or stopping.
      return false;
    }
  }

  async #send(method: string, path: string, body: unknown, timeoutMs: number): Promise<AdminResponse> {
    const { origin, token } = this.#options;
    const response = await fetch(`${origin}/admin/v2/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await response.text() };
  }

  async #expect(
    method: string,
    path: string,
    body?: unknown,
    alsoFine: readonly number[] = [],
  ): Promise<AdminResponse> {
    const response = await this.request(method, path, body);
    const isFine = (response.status >= 200 && response.status < 300) || alsoFine.includes(response.status);
    if (!isFine) throw new AdminError(method, path, response);
    return response;
  }
}

/** The path of a persistent topic below `/admin/v2/`. */
export function topicPath(topic: string): string {
  return `persistent/${encodePath(topic)}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
