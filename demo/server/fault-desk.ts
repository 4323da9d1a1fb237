/**
 * Owns the faults in force and the sessions they may strike. Commands come checked from `fault-command.ts`; the two
 * faults of the whole service (restart, refuse-connections) belong to `service.ts`.
 */

import type { Corruption } from './corrupt-frame.js';
import type { FaultCommand, FaultScope, RefusalStatus, SessionKind } from './fault-command.js';

/** What a fault can do to a session. */
export interface FaultTarget {
  readonly kind: SessionKind;
  readonly topicPath: string;
  /** Ends the TCP connection without a close frame; `isFlushed` lets what was sent arrive first. */
  cut(isFlushed: boolean): void;
  close(code: number, reason: string): void;
  stall(): void;
  resume(): void;
  setDelay(ms: number): void;
}

export type HandshakeFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'refuse'; readonly status: RefusalStatus }
  | { readonly kind: 'hang' };

/** The faults that strike sessions and handshakes. */
export type SessionFault = Exclude<
  FaultCommand,
  { readonly fault: 'restart' | 'refuse-connections' | 'clear' }
>;

interface Rule {
  readonly command: SessionFault;
  /** How often it may still strike, or after how many messages it does. */
  left: number;
  readonly stalled: readonly FaultTarget[];
  timer: NodeJS.Timeout | undefined;
}

const NO_CODE = 1006;

export class FaultDesk {
  readonly #targets = new Set<FaultTarget>();
  readonly #hanging = new Map<() => void, string>();
  readonly #rules = new Set<Rule>();
  /** Spares the way of every message a look at the rules when none concerns messages. */
  #watchesMessages = false;

  register(target: FaultTarget): void {
    this.#targets.add(target);
    target.setDelay(this.#delayOf(target));
  }

  unregister(target: FaultTarget): void {
    this.#targets.delete(target);
  }

  /** Remembers a handshake left unanswered, to end it when the faults are cleared. Returns how to forget it. */
  hanging(topicPath: string, end: () => void): () => void {
    this.#hanging.set(end, topicPath);
    return () => this.#hanging.delete(end);
  }

  /** Puts a fault in force and returns how many open sessions it touched. */
  apply(command: SessionFault): number {
    switch (command.fault) {
      case 'refuse':
      case 'hang':
        this.#add(command, command.count, command.forMs);
        return 0;
      case 'drop': {
        if (command.afterMessages !== undefined) {
          this.#add(command, command.afterMessages, undefined);
          return 0;
        }
        const struck = this.#matching(command.scope);
        struck.forEach((target) => drop(target, command.code, command.reason, false));
        return struck.length;
      }
      case 'stall': {
        const struck = this.#matching(command.scope);
        struck.forEach((target) => target.stall());
        this.#add(command, Infinity, command.forMs, struck);
        return struck.length;
      }
      case 'delay':
        this.#add(command, Infinity, command.forMs);
        return this.#matching(command.scope).length;
      case 'corrupt-next':
        this.#add(command, command.count, undefined);
        return this.#matching(command.scope).length;
      default:
        return command satisfies never;
    }
  }

  /** Lifts every fault, or those narrowed to `topic`. Stalled sessions go on, hanging handshakes are cut. */
  clear(topic: string | undefined): void {
    for (const rule of [...this.#rules]) {
      if (topic === undefined || rule.command.scope.topic === topic) {
        this.#remove(rule);
      }
    }
    for (const [end, path] of [...this.#hanging]) {
      if (topic === undefined || path === topic) {
        end();
      }
    }
  }

  handshakeFault(kind: SessionKind, topicPath: string): HandshakeFault {
    for (const rule of this.#rules) {
      const { command } = rule;
      if (
        (command.fault === 'refuse' || command.fault === 'hang') &&
        isInScope(command.scope, kind, topicPath)
      ) {
        this.#use(rule);
        return command.fault === 'refuse' ? { kind: 'refuse', status: command.status } : { kind: 'hang' };
      }
    }
    return { kind: 'none' };
  }

  /** How the message that is about to leave must be spoilt, if at all. */
  takeCorruption(target: FaultTarget): Corruption | undefined {
    if (!this.#watchesMessages) {
      return undefined;
    }
    for (const rule of this.#rules) {
      const { command } = rule;
      if (command.fault === 'corrupt-next' && isInScope(command.scope, target.kind, target.topicPath)) {
        this.#use(rule);
        return command.how;
      }
    }
    return undefined;
  }

  /** Tells that a message left, for the drops that count messages. */
  messageSent(target: FaultTarget): void {
    if (!this.#watchesMessages) {
      return;
    }
    for (const rule of [...this.#rules]) {
      const { command } = rule;
      if (command.fault === 'drop' && isInScope(command.scope, target.kind, target.topicPath)) {
        this.#use(rule);
        if (!this.#rules.has(rule)) {
          drop(target, command.code, command.reason, true);
        }
      }
    }
  }

  #matching(scope: FaultScope): readonly FaultTarget[] {
    return [...this.#targets].filter((target) => isInScope(scope, target.kind, target.topicPath));
  }

  #add(
    command: SessionFault,
    left: number,
    forMs: number | undefined,
    stalled: readonly FaultTarget[] = [],
  ): void {
    const rule: Rule = { command, left, stalled, timer: undefined };
    this.#rules.add(rule);
    if (forMs !== undefined) {
      rule.timer = setTimeout(() => this.#remove(rule), forMs);
      rule.timer.unref();
    }
    this.#changed();
  }

  #use(rule: Rule): void {
    rule.left -= 1;
    if (rule.left <= 0) {
      this.#remove(rule);
    }
  }

  #remove(rule: Rule): void {
    clearTimeout(rule.timer);
    this.#rules.delete(rule);
    rule.stalled.forEach((target) => target.resume());
    this.#changed();
  }

  #changed(): void {
    this.#watchesMessages = [...this.#rules].some(
      ({ command }) => command.fault === 'corrupt-next' || command.fault === 'drop',
    );
    for (const target of this.#targets) {
      target.setDelay(this.#delayOf(target));
    }
  }

  #delayOf(target: FaultTarget): number {
    let ms = 0;
    for (const { command } of this.#rules) {
      if (command.fault === 'delay' && isInScope(command.scope, target.kind, target.topicPath)) {
        ms = Math.max(ms, command.ms);
      }
    }
    return ms;
  }
}

function isInScope(scope: FaultScope, kind: SessionKind, topicPath: string): boolean {
  return scope.kinds.includes(kind) && (scope.topic === undefined || scope.topic === topicPath);
}

function drop(target: FaultTarget, code: number | undefined, reason: string, isFlushed: boolean): void {
  if (code === undefined || code === NO_CODE) {
    target.cut(isFlushed);
  } else {
    target.close(code, reason);
  }
}
