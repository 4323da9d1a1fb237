/** A cut that waits for its place on the way to the client, counted down by whichever connection comes first. */
import type { Ending } from './command.js';
import { isData, type Piece } from './frame-splitter.js';

export interface Cut {
  readonly unit: 'frames' | 'bytes';
  readonly ending: Ending;
  readonly isTorn: boolean;
  left: number;
}

/** What still passes of `piece`, when the cut is made in it or right after it; `undefined` while it is not. */
export function cutIn(cut: Cut, piece: Piece): Buffer | undefined {
  const { bytes } = piece;
  if (cut.unit === 'bytes') {
    cut.left -= bytes.length;
    return cut.left > 0 ? undefined : bytes.subarray(0, bytes.length + cut.left);
  }
  if (piece.kind === 'head' || !isData(piece) || --cut.left > 0) return undefined;
  return cut.isTorn ? bytes.subarray(0, Math.floor((piece.payloadStart + bytes.length) / 2)) : bytes;
}
