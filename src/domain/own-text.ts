/**
 * A copy that shares nothing with the text it was cut from. Engines make a slice, a split or a matched group a window on
 * its parent, and keep the parent for as long as the window is kept: a name of 120 characters cut from a payload of 2 MiB
 * holds 2 MiB. What the JSON parser or a `TextDecoder` returns is a text of its own already, so a frame's id, which the
 * parser reads anyway (`src/worker/frame.ts`), needs no copy.
 *
 * 6 µs for 120 characters: for what was really cut from something long.
 */
export function ownText(text: string): string {
  return text.split('').join('');
}
