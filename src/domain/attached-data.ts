/**
 * Reads the few keys of `attachedData.attachedDatum` that the widget uses, in one pass: an event carries 10 to 50 of
 * them, and this runs for every event.
 */
import { fieldsOf, MAX_ID_LENGTH, readText } from './fields.js';

/** More pairs than any published sample (19) by far; the rest of a longer list is not read. */
const MAX_PAIRS = 200;

export interface AttachedData {
  que: unknown;
  queueName: unknown;
  queueDirection: unknown;
  priority: unknown;
  phoneNumber: unknown;
  shortPhoneNumber: unknown;
  remotePhoneNumber: unknown;
  callingName: unknown;
  shortName: unknown;
  remoteCallingName: unknown;
  originalGuid: string | undefined;
}

export function readAttachedData(value: unknown): AttachedData {
  const found: AttachedData = {
    que: undefined,
    queueName: undefined,
    queueDirection: undefined,
    priority: undefined,
    phoneNumber: undefined,
    shortPhoneNumber: undefined,
    remotePhoneNumber: undefined,
    callingName: undefined,
    shortName: undefined,
    remoteCallingName: undefined,
    originalGuid: undefined,
  };
  const pairs = fieldsOf(value)['attachedDatum'];
  if (Array.isArray(pairs)) {
    const length = Math.min(pairs.length, MAX_PAIRS);
    for (let index = 0; index < length; index += 1) readPair(found, pairs[index]);
  } else {
    // A converter from XML writes a list of one as the one.
    readPair(found, pairs);
  }
  return found;
}

/** By length first: most keys are told apart by one integer comparison and no text comparison. */
function readPair(found: AttachedData, pair: unknown): void {
  if (typeof pair !== 'object' || pair === null) return;
  const { attachedDataKey: key, attachedDataValue: value } = pair as Readonly<Record<string, unknown>>;
  if (typeof key !== 'string') return;
  switch (key.length) {
    case 3:
      if (key === 'que') found.que = value;
      else if (key === 'pho') found.shortPhoneNumber = value;
      else if (key === 'nam') found.shortName = value;
      break;
    case 8:
      if (key === 'phoneNum') found.phoneNumber = value;
      else if (key === 'priority') found.priority = value;
      break;
    case 11:
      if (key === 'callingName') found.callingName = value;
      break;
    case 14:
      if (key === 'remotePhoneNum') found.remotePhoneNumber = value;
      else if (key === 'queueDirection') found.queueDirection = value;
      break;
    case 15:
      if (key === 'tenantSkillName') found.queueName = value;
      break;
    case 17:
      if (key === 'remoteCallingName') found.remoteCallingName = value;
      break;
    case 23:
      if (key === 'originalInteractionGuid') found.originalGuid = readText(value, MAX_ID_LENGTH);
      break;
    default:
  }
}
