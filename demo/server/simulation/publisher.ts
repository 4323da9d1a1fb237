/**
 * Publishing to the topics of one tenant. Owns one producer per topic, the bound on what is under way, and the
 * verdict on the first connection; refuses to own events and their pace.
 */
import { Producer, type Trouble } from './producer.js';
import { producerAddress, type Service } from './producer-address.js';
import type { Topic } from './topics.js';

/** Messages taken and not yet confirmed, over all topics: some 5 MB. */
const BACKLOG_LIMIT = 4_000;
/** A broker that just started needs some seconds until its namespaces answer. */
const FIRST_CONNECTION_TIMEOUT_MS = 15_000;

interface Waiter {
  readonly atMost: number;
  readonly resolve: () => void;
}

/** Publishes to topics, in order on each of them. */
export class Publisher {
  readonly #service: Service;
  readonly #onTrouble: (sentence: string) => void;
  readonly #producers = new Map<string, Producer>();
  #backlog = 0;
  #waiters: Waiter[] = [];
  readonly #interrupted = new Set<string>();
  #verdict: { readonly onOpen: () => void; readonly onTrouble: (trouble: Trouble) => void } | undefined;

  /**
   * @param service checked by `checkedService`
   * @param onTrouble told once for each outage, in one sentence without the key
   */
  constructor(service: Service, onTrouble: (sentence: string) => void) {
    this.#service = service;
    this.#onTrouble = onTrouble;
  }

  /** Connects the topic of all events. Rejects when the key is refused (401, 403), or when nothing opens within 15 s. */
  async connect(): Promise<void> {
    let last: Trouble | undefined;
    let deadline: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const refuse = (trouble: Trouble | undefined): void => {
          const cause = trouble?.cause ?? 'no answer';
          reject(
            new Error(
              `Cannot publish to ${this.#service.webSocketBase} as tenant ${this.#service.tenant}: ${cause}`,
            ),
          );
        };
        deadline = setTimeout(() => refuse(last), FIRST_CONNECTION_TIMEOUT_MS);
        this.#verdict = {
          onOpen: resolve,
          onTrouble: (trouble) => {
            last = trouble;
            if (trouble.status === 401 || trouble.status === 403) refuse(trouble);
          },
        };
        this.#producer({ namespace: 'event-v1', name: 'all' }).open();
      });
    } finally {
      clearTimeout(deadline);
      this.#verdict = undefined;
    }
  }

  /** Hands a payload to each of the topics. */
  publish(topics: readonly Topic[], payload: string): void {
    for (const topic of topics) {
      this.#backlog += 1;
      this.#producer(topic).send(payload);
    }
  }

  /** Resolves when there is room for more. */
  room(): Promise<void> {
    return this.#until(BACKLOG_LIMIT);
  }

  /** Resolves when everything taken so far has been confirmed, or the publisher was stopped. */
  confirmed(): Promise<void> {
    return this.#until(0);
  }

  /** Closes every socket and ends every timer and wait. */
  async stop(): Promise<void> {
    this.#backlog = 0;
    this.#wake();
    await Promise.all([...this.#producers.values()].map((producer) => producer.stop()));
  }

  #until(atMost: number): Promise<void> {
    if (this.#backlog <= atMost) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push({ atMost, resolve });
    });
  }

  #wake(): void {
    const ready = this.#waiters.filter(({ atMost }) => this.#backlog <= atMost);
    if (ready.length === 0) return;
    this.#waiters = this.#waiters.filter(({ atMost }) => this.#backlog > atMost);
    for (const { resolve } of ready) resolve();
  }

  #producer(topic: Topic): Producer {
    const name = `${topic.namespace}/${topic.name}`;
    const known = this.#producers.get(name);
    if (known !== undefined) return known;
    const producer = new Producer(producerAddress(this.#service, topic), {
      onOpen: () => {
        this.#verdict?.onOpen();
      },
      onConfirm: () => {
        this.#interrupted.delete(name);
        this.#backlog = Math.max(0, this.#backlog - 1);
        this.#wake();
      },
      onTrouble: (trouble) => {
        if (this.#verdict !== undefined) this.#verdict.onTrouble(trouble);
        else {
          // One outage takes every topic along; it is told once.
          if (this.#interrupted.size === 0) {
            this.#onTrouble(`Publishing to ${name} was interrupted (${trouble.cause}); trying again.`);
          }
          this.#interrupted.add(name);
        }
      },
    });
    this.#producers.set(name, producer);
    return producer;
  }
}
