/**
 * What is attached to an interaction. 8x8 sends it as pairs under `attachedData.attachedDatum`; hosts and relays that
 * tidy payloads up send the same keys as a plain object under `attachedData`, or on the event itself.
 */
import { fieldsOf, type Fields } from './fields.js';

/** More pairs than any published sample (19) by far; the rest of a longer list is not read. */
const MAX_PAIRS = 200;

/** Those that are read, with their place. An event carries 10 to 50 pairs, and this runs for every event. */
const PLACES: ReadonlyMap<unknown, number> = new Map(
  [
    'que',
    'tenantSkillName',
    'queueDirection',
    'priority',
    'remotePhoneNum',
    'phoneNum',
    'pho',
    'remoteCallingName',
    'callingName',
    'nam',
    'originalInteractionGuid',
  ].map((key, place) => [key, place] as const),
);

/** The value of a key, by 8x8's name. */
export type AttachedData = (key: string) => unknown;

export function attachedDataOf(fields: Fields): AttachedData {
  const attached = fieldsOf(fields['attachedData']);
  const { attachedDatum } = attached;
  const values: unknown[] = [];
  // A converter from XML writes a list of one as the one.
  const pairs: readonly unknown[] = Array.isArray(attachedDatum) ? attachedDatum : [attachedDatum];
  const length = Math.min(pairs.length, MAX_PAIRS);
  for (let index = 0; index < length; index += 1) {
    const { attachedDataKey, attachedDataValue } = fieldsOf(pairs[index]);
    const place = PLACES.get(attachedDataKey);
    if (place !== undefined) values[place] = attachedDataValue;
  }
  return (key) => values[PLACES.get(key) ?? -1] ?? attached[key] ?? fields[key];
}
