/** The position store's promises, kept in a map that outlives a page. */
import type { Position } from '../../../src/protocol/connection-status.js';
import { compareMessageIds, parseMessageId } from '../../../src/worker/message-id.js';
import type { PositionIndex } from '../../../src/worker/position-index.js';
import type { PositionStore } from '../../../src/worker/position-store.js';

export interface SavedPositions {
  last: Position | undefined;
  index: PositionIndex;
}

export function memoryPositions(saved: SavedPositions): PositionStore {
  return {
    state: { kind: 'indexeddb' },
    load: () => Promise.resolve({ ...saved }),
    saveLast: (_key, last, isFresh) => {
      if (isFresh || !isAhead(saved.last, last)) saved.last = last;
      return Promise.resolve();
    },
    saveIndex: (_key, index) => {
      saved.index = index;
      return Promise.resolve();
    },
    forget: () => {
      saved.last = undefined;
      saved.index = [];
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

function isAhead(a: Position | undefined, b: Position): boolean {
  const [aId, bId] = [a === undefined ? undefined : parseMessageId(a.messageId), parseMessageId(b.messageId)];
  return aId !== undefined && bId !== undefined && compareMessageIds(aId, bId) > 0;
}
