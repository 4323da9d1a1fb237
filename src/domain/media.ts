/**
 * Which channel an interaction uses. `mediaType` folds SMS into chat and video into phone (8x8 field reference, "Media
 * type normalization"); `resourceType` does not, so it is asked first and a coarse word never replaces a finer one.
 */
import type { Media } from '../protocol/stream-event.js';
import { choices, readChoice, readCode } from './fields.js';

const BY_RESOURCE_TYPE: readonly Media[] = ['phone', 'email', 'chat', 'sms', 'video'];

const BY_WORD = choices<Media>({
  phone: 'phone',
  voice: 'phone',
  email: 'email',
  chat: 'chat',
  sms: 'sms',
  video: 'video',
});

export function readMedia(resourceType: unknown, mediaType: unknown): Media | undefined {
  const code = readCode(resourceType, BY_RESOURCE_TYPE.length - 1);
  return code === undefined ? readChoice(mediaType, BY_WORD) : BY_RESOURCE_TYPE[code];
}

/** What is known of an interaction's media after one more event. */
export function finerMedia(known: Media | undefined, next: Media | undefined): Media | undefined {
  const isCoarser = (known === 'sms' && next === 'chat') || (known === 'video' && next === 'phone');
  return isCoarser ? known : (next ?? known);
}
