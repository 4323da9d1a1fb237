/**
 * Owns one reader: a start position, a walk through the topic (or each of its partitions), and the pending window.
 * Nothing is remembered after it closes and retention takes no notice of it.
 */

import { readCommand } from './client-command.js';
import { FlowWindow } from './flow-window.js';
import { LogCursor } from './log-cursor.js';
import type { SessionHandler, SessionSocket } from './session-socket.js';
import { firstPosition, isCovered, type StartPosition } from './start-position.js';
import type { Topic, TopicListener } from './topic.js';
import type { TopicStore } from './topic-store.js';

export interface ReaderOptions {
  readonly start: StartPosition;
  readonly receiverQueueSize: number;
}

/** How soon the proxy's client comes back when its topic was deleted; coming back creates the topic again. */
const REOPEN_MS = 100;

export class ReaderSession implements SessionHandler {
  readonly #socket: SessionSocket;
  readonly #window: FlowWindow;
  readonly #tracks: readonly TopicTrack[];
  /** The partition whose turn it is, so that one full partition cannot starve the others. */
  #turn = 0;

  constructor(socket: SessionSocket, store: TopicStore, topics: readonly Topic[], options: ReaderOptions) {
    this.#socket = socket;
    // Pulsar raises 0 to 1 here, but its own client then never asks the broker for a message: measured, 0 delivers none.
    this.#window = new FlowWindow(options.receiverQueueSize);
    this.#tracks = topics.map((topic) => new TopicTrack(topic, store, options, () => this.#pump()));
    if (options.receiverQueueSize > 0) {
      this.#window.open();
    }
    this.#pump();
  }

  onText(text: string): void {
    const command = readCommand(text);
    if (command.kind !== 'ok') {
      this.#socket.fail(command);
      return;
    }
    if (command.value.type === 'isEndOfTopic') {
      this.#socket.record.endOfTopicRequests += 1;
      const isAtEnd = this.#tracks.every((track) => track.hasReachedEnd());
      this.#socket.sendText(`{"endOfTopic":${isAtEnd}}`);
      return;
    }
    this.#window.answered();
    this.#socket.record.pending = this.#window.pending;
    this.#pump();
  }

  onDrain(): void {
    this.#pump();
  }

  onClosed(): void {
    this.#tracks.forEach((track) => track.close());
  }

  #pump(): void {
    const socket = this.#socket;
    while (this.#window.isOpen && !socket.isCongested && !socket.isClosed) {
      const frame = this.#nextFrame();
      if (frame === undefined) {
        break;
      }
      this.#window.delivered();
      socket.record.pending = this.#window.pending;
      socket.record.maxPending = this.#window.maxPending;
      socket.sendMessage(frame);
    }
  }

  #nextFrame(): Buffer | undefined {
    for (let tried = 0; tried < this.#tracks.length; tried += 1) {
      const frame = this.#tracks[this.#turn]?.nextFrame();
      if (frame !== undefined) {
        return frame;
      }
      this.#turn = (this.#turn + 1) % this.#tracks.length;
    }
    return undefined;
  }
}

/** The walk through one topic, which survives unload and deletion of that topic. */
class TopicTrack implements TopicListener {
  readonly #store: TopicStore;
  readonly #start: StartPosition;
  /**
   * Measured: the proxy's client takes the message that the start position names with one of its permits and drops it.
   * With a queue of one that was the only permit, and nothing comes ever after.
   */
  readonly #isStarvedByDrop: boolean;
  #isStarved = false;
  readonly #onChange: () => void;
  #cursor: LogCursor;
  /** Messages of the current entry that are still to go; a batch is walked message by message. */
  #batch: readonly Buffer[] = [];
  #batchAt = 0;
  #reopenTimer: NodeJS.Timeout | undefined;

  constructor(
    topic: Topic,
    store: TopicStore,
    { start, receiverQueueSize }: ReaderOptions,
    onChange: () => void,
  ) {
    this.#store = store;
    this.#start = start;
    this.#isStarvedByDrop = receiverQueueSize === 1;
    this.#onChange = onChange;
    this.#cursor = new LogCursor(topic, firstPosition(topic, start));
    topic.listen(this);
  }

  nextFrame(): Buffer | undefined {
    for (;;) {
      const frame = this.#batch[this.#batchAt];
      if (frame !== undefined) {
        this.#batchAt += 1;
        return frame;
      }
      const placed = this.#isStarved ? undefined : this.#cursor.next();
      if (placed === undefined) {
        return undefined;
      }
      const { position, entry } = placed;
      const [only] = entry;
      if (entry.length === 1 && only !== undefined) {
        if (!isCovered(this.#start, position, 0, false)) {
          return only.frame;
        }
        this.#isStarved = this.#isStarvedByDrop;
      } else {
        this.#batch = entry
          .filter((_, index) => !isCovered(this.#start, position, index, true))
          .map(({ frame: each }) => each);
        this.#batchAt = 0;
      }
    }
  }

  /** Pulsar's end of topic: terminated, and everything read. Being caught up is not the end. */
  hasReachedEnd(): boolean {
    const { topic } = this.#cursor;
    return (
      !this.#isStarved &&
      topic.isTerminated &&
      this.#batchAt >= this.#batch.length &&
      this.#cursor.peek() === undefined
    );
  }

  onMessages(): void {
    this.#onChange();
  }

  onUnload(): void {
    // The proxy's client reconnects behind the scenes and goes on where it was: nothing to see.
  }

  onTerminate(): void {
    // Asked for by the client, never announced.
  }

  onDelete(): void {
    this.#batch = [];
    this.#batchAt = 0;
    const { name } = this.#cursor.topic;
    this.#reopenTimer = setTimeout(() => {
      const topic = this.#store.openTopic(name);
      if (topic !== undefined) {
        // The old position lies in an older ledger, so everything in the new topic comes after it.
        this.#cursor = new LogCursor(topic, firstPosition(topic, { kind: 'earliest' }));
        topic.listen(this);
        this.#onChange();
      }
    }, REOPEN_MS);
  }

  close(): void {
    clearTimeout(this.#reopenTimer);
    this.#cursor.topic.ignore(this);
  }
}
