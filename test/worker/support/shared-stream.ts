/**
 * Tabs that read one topic of a model broker through real streams that share a connection, and an observer who holds
 * them to it: each tab gets each message once and in order from where it began, or says that it may not have.
 */
import type { Position } from '../../../src/protocol/connection-status.js';
import type { Credential } from '../../../src/protocol/credential.js';
import type { WorkerToPage } from '../../../src/protocol/messages.js';
import type { StartRule } from '../../../src/protocol/stream-config.js';
import { Stream } from '../../../src/worker/stream.js';
import { WakeWatch } from '../../../src/worker/wake-watch.js';
import { feedRequest } from '../../domain/payloads.js';
import { memoryPositions, type SavedPositions } from './memory-positions.js';
import { ModelBroker } from './model-broker.js';
import { RecordingModel } from './recording-model.js';
import { BrowserTab, TabBrowser, type Span } from './tab-browser.js';
import { seededChance, VirtualClock } from './virtual-platform.js';

export class SharingTab {
  readonly tab: BrowserTab;
  readonly stream: Stream;
  readonly wakes: WakeWatch;
  /** When it did nothing, as it noticed: the computer slept, or the tab hung. */
  readonly slept: Span[] = [];
  /** The position that it found, which other tabs may have saved since it was opened. */
  found: Position | undefined;
  readonly model = new RecordingModel();
  readonly gaps: string[] = [];
  /** Every state that the page was shown. */
  readonly states: string[] = [];
  /** Hears of each state that the page is shown. */
  shown: (kind: string) => void = () => undefined;
  isConsuming = true;
  #newestAtLive: number | undefined;
  #awaitsConsumed = false;

  constructor(
    browser: TabBrowser,
    broker: ModelBroker,
    saved: SavedPositions,
    start: StartRule,
    credential: Credential,
    answerMs: number,
  ) {
    const store = memoryPositions(saved);
    const load = (key: string) =>
      store.load(key).then((found) => {
        this.found = found.last;
        return found;
      });
    this.tab = new BrowserTab(browser, broker, () => Promise.resolve({ ...store, load }));
    const heard = (message: WorkerToPage): void => {
      if (message.kind === 'credential-wanted')
        this.tab.platform.setTimer(() => this.stream.changeCredential(credential), answerMs);
      if (message.kind !== 'update') return;
      const { kind } = message.connection;
      this.shown(kind);
      if (this.states.at(-1) !== kind) this.states.push(kind);
      if (kind === 'live') this.#newestAtLive ??= broker.newest;
      this.gaps.push(...message.gaps.map((gap) => gap.kind));
      this.#awaitsConsumed = true;
      this.tab.platform.setTimer(() => this.#consume(), 2);
    };
    const config = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a1',
      start,
    };
    const { platform } = this.tab;
    this.wakes = new WakeWatch(platform, (lateMs) => {
      this.slept.push({ from: platform.now() - lateMs, until: platform.now() });
      this.stream.woke(lateMs);
    });
    this.stream = new Stream(1, config, credential, platform, heard, this.model, this.wakes);
    this.stream.watch(1, feedRequest({ mask: 'all', wantsEvents: true }));
    void this.stream.open(this.tab.platform.openStore(), { handover: undefined, wasOpen: false });
  }

  get role(): string {
    return this.stream.diagnostics().sharing.kind;
  }

  consume(): void {
    this.isConsuming = true;
    this.tab.run(() => this.#consume());
  }

  /** The messages delivered, by number. */
  seqs(broker: ModelBroker): readonly number[] {
    return this.model.records.flatMap((record) =>
      record.kind === 'event'
        ? broker.everything.findIndex(({ text }) => text === record.entry.messageId)
        : [],
    );
  }

  /** What is wrong with what came. `isAtRest`: all that there is has had time to come. */
  faults(broker: ModelBroker, isAtRest: boolean): readonly string[] {
    const faults: string[] = [];
    const { everything } = broker;
    let last: number | undefined;
    let isExcused = false;
    let hasCursor = false;
    for (const record of this.model.records) {
      if (record.kind === 'gap') {
        if (record.gap.kind !== 'no-cursor' || hasCursor) faults.push(`a false gap: ${record.gap.kind}`);
        isExcused = true;
      }
      if (record.kind !== 'event') continue;
      const seq = everything.findIndex(({ text }) => text === record.entry.messageId);
      const from = last ?? this.#newestAtLive;
      if (last !== undefined && seq <= last) faults.push(`message ${seq} after ${last}`);
      if (from !== undefined && seq > from + 1 && !isExcused)
        faults.push(`message ${seq} after ${from}: lost`);
      last = seq;
      hasCursor = true;
      isExcused = false;
    }
    if (isAtRest && last !== broker.newest) faults.push(`silent at the end: ${last} of ${broker.newest}`);
    if (isAtRest && this.stream.diagnostics().state !== 'live')
      faults.push(`${this.stream.diagnostics().state} at rest`);
    return faults;
  }

  #consume(): void {
    if (!this.#awaitsConsumed || !this.isConsuming) return;
    this.#awaitsConsumed = false;
    this.stream.consumed(2);
  }
}

export class SharedStream {
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 20, 9));
  readonly browser: TabBrowser;
  readonly broker: ModelBroker;
  readonly tabs: SharingTab[] = [];
  /** How long a page needs that is asked for its key. */
  answerMs = 0;
  readonly saved: SavedPositions = { last: undefined, index: [] };

  /** @param skewMs the computer's clock less the service's */
  constructor(seed: number, skewMs = 0) {
    const chance = seededChance(seed);
    this.browser = new TabBrowser(this.clock, chance);
    this.broker = new ModelBroker(this.clock, chance, skewMs);
  }

  open(
    start: StartRule = { kind: 'resume' },
    credential: Credential = { apiKey: 'eght_canary' },
  ): SharingTab {
    const tab = new SharingTab(this.browser, this.broker, this.saved, start, credential, this.answerMs);
    this.tabs.push(tab);
    return tab;
  }

  get alive(): readonly SharingTab[] {
    return this.tabs.filter(({ tab }) => tab.isAlive);
  }

  get leader(): SharingTab {
    const leaders = this.alive.filter(({ role }) => role === 'leader');
    const [leader] = leaders;
    if (leader === undefined || leaders.length > 1) throw new Error(`${leaders.length} leaders`);
    return leader;
  }

  /** Open sockets, as the service counts them. */
  get sockets(): number {
    return this.broker.sessions.filter(({ socket }) => socket.readyState === 1).length;
  }

  kill(one: SharingTab): void {
    one.tab.kill();
    this.tabs.splice(this.tabs.indexOf(one), 1);
  }
}
