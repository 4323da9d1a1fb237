/**
 * Waits until what was rendered is on screen, and says what the frame cost the main thread. Owns the measuring; what
 * is done with the number is the worker's.
 */
import { macrotask } from './macrotask.js';
import type { PageTime } from './page-time.js';

/** A visible page may have no frames: a CRM's frame that is scrolled away or `display: none`. */
const NO_FRAME_MS = 250;

/** Resolves with the main-thread time of the frame in ms, 0 where there was none. Rejects where the host page broke frames. */
export function nextFrame(time: PageTime): Promise<number> {
  return new Promise((resolve) => {
    let startedAt: number | undefined;
    const end = (): void => {
      callOff();
      resolve(startedAt === undefined ? 0 : time.monotonic() - startedAt);
    };
    // No handle of a frame is 0.
    let frame = 0;
    // A hidden page has no frames at all: do not hold the worker up.
    if (document.visibilityState === 'hidden') macrotask(end);
    else {
      frame = requestAnimationFrame(() => {
        startedAt = time.monotonic();
        // The first task after the callbacks of a frame comes after its style, layout and paint.
        macrotask(end);
      });
    }
    // Called off by that task, not by the frame: nothing more would come from a worker that is never told.
    const callOff = time.after(NO_FRAME_MS, () => {
      cancelAnimationFrame(frame);
      end();
    });
  });
}
