/**
 * How a frame with a message may arrive spoilt: the words of the service's door and the proxy
 * (`demo/server/corrupt-frame.ts`), done to the text of a frame. Pure.
 */
import type { Corruption } from '../../../../demo/server/corrupt-frame.js';

/** Whether the result still names the message. What is well in another form (`binary`, `unknown-type`) is not spoilt. */
const NAMES_ITS_MESSAGE = {
  'broken-json': false,
  truncated: false,
  'not-an-object': false,
  'no-message-id': false,
  'bad-base64': true,
  'invalid-utf8': true,
  'not-json': true,
  'json-array': true,
} as const satisfies Partial<Record<Corruption, boolean>>;

export type Spoiling = keyof typeof NAMES_ITS_MESSAGE;
export const SPOILINGS = Object.keys(NAMES_ITS_MESSAGE) as readonly Spoiling[];

export const namesItsMessage = (how: Spoiling): boolean => NAMES_ITS_MESSAGE[how];

export function spoiltFrame(frame: string, how: Spoiling): string {
  const withPayload = (payload: string): string =>
    frame.replace(/"payload":"[^"]*"/, () => `"payload":"${payload}"`);
  switch (how) {
    case 'broken-json':
      return `${frame.slice(0, -1)},}`;
    case 'truncated':
      return frame.slice(0, Math.floor(frame.length / 2));
    case 'not-an-object':
      return `[${frame}]`;
    case 'no-message-id':
      return frame.replace(/"messageId":"[^"]*",/, '');
    case 'bad-base64':
      return withPayload('*** this is not base64 ***');
    case 'invalid-utf8':
      return withPayload(btoa('"\xc3\x28\xff"'));
    case 'not-json':
      return withPayload(btoa('this is not JSON'));
    case 'json-array':
      return withPayload(btoa('[1,2,3]'));
    default:
      return how satisfies never;
  }
}
