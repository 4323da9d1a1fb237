/**
 * Owns the ways in which a message's frame can be spoilt for a test. Pure: good frame in, bad frames out. Where the
 * result is still a JSON frame, its message id is the right one.
 */

import { frameOf, payloadOf, textFrame } from './websocket-frame.js';

export const CORRUPTIONS = [
  'broken-json',
  'truncated',
  'not-an-object',
  'no-message-id',
  'bad-base64',
  'invalid-utf8',
  'not-json',
  'json-array',
  'unknown-type',
  'binary',
  'invalid-utf8-frame',
] as const;

export type Corruption = (typeof CORRUPTIONS)[number];

const NOT_UTF8 = Uint8Array.of(0x22, 0xc3, 0x28, 0xff, 0x22);

/** The frames to send instead of `frame`. */
export function corruptFrame(frame: Buffer, how: Corruption): readonly Buffer[] {
  const bytes = payloadOf(frame);
  const text = bytes.toString('utf8');
  const withPayload = (payload: string): Buffer =>
    textFrame(text.replace(/"payload":"[^"]*"/, () => `"payload":"${payload}"`));
  switch (how) {
    case 'broken-json':
      return [textFrame(`${text.slice(0, -1)},}`)];
    case 'truncated':
      return [textFrame(text.slice(0, Math.floor(text.length / 2)))];
    case 'not-an-object':
      return [textFrame(`[${text}]`)];
    case 'no-message-id':
      return [textFrame(text.replace(/"messageId":"[^"]*",/, ''))];
    case 'bad-base64':
      return [withPayload('*** this is not base64 ***')];
    case 'invalid-utf8':
      return [withPayload(Buffer.from(NOT_UTF8).toString('base64'))];
    case 'not-json':
      return [withPayload(Buffer.from('this is not JSON').toString('base64'))];
    case 'json-array':
      return [withPayload(Buffer.from('[1,2,3]').toString('base64'))];
    case 'unknown-type':
      return [textFrame('{"type":"AUTH_CHALLENGE","challenge":{}}'), frame];
    case 'binary':
      return [frameOf('binary', bytes)];
    case 'invalid-utf8-frame':
      return [frameOf('text', NOT_UTF8)];
    default:
      return how satisfies never;
  }
}
