/**
 * Which channel an interaction uses. `mediaType` folds SMS into chat and video into phone (8x8 field reference, "Media
 * type normalization"); `resourceType` does not, so it is asked first and a coarse word never replaces a finer one.
 */
import type { Media } from '../protocol/stream-event.js';
import { readCode, readWord } from './fields.js';

const BY_RESOURCE_TYPE: readonly Media[] = ['phone', 'email', 'chat', 'sms', 'video'];

export function readMedia(resourceType: unknown, mediaType: unknown): Media | undefined {
  const code = readCode(resourceType, BY_RESOURCE_TYPE.length - 1);
  return code === undefined ? mediaOfWord(readWord(mediaType)) : BY_RESOURCE_TYPE[code];
}

export function mediaOfWord(word: string | undefined): Media | undefined {
  switch (word) {
    case 'phone':
    case 'email':
    case 'chat':
    case 'sms':
    case 'video':
      return word;
    case 'voice':
      return 'phone';
    default:
      return undefined;
  }
}

/** What is known of an interaction's media after one more event. */
export function finerMedia(known: Media | undefined, next: Media | undefined): Media | undefined {
  if (next === undefined) return known;
  if (known === 'sms' && next === 'chat') return known;
  if (known === 'video' && next === 'phone') return known;
  return next;
}
