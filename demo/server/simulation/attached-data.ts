/**
 * The `attachedData` of an interaction event. Owns its keys and their awkward forms (numbers for phone numbers, two
 * shapes of `que`); refuses to own the members beside it. Keys: 8x8's Field Reference, "Comprehensive AttachedData Keys".
 */
import type { Interaction } from './interaction.js';
import type { JsonObject, JsonValue } from './json.js';

/** How much an event carries: who it is, or also where it waits. */
export type AttachedDataKind = 'contact' | 'queue';

/** A phone number as 8x8 sends it in `phoneNum`, `pho` and `cha`: a JSON number, so without its plus sign. */
const asNumber = (phone: string): number => Number(phone.replace(/\D/g, ''));

function contactData(interaction: Interaction): Record<string, JsonValue | undefined> {
  const { caller, line, origin, transactionNum } = interaction;
  const number = asNumber(caller.phone);
  const common = {
    '@pri': 100,
    cha: line.channel,
    cnt: 0,
    con: 0,
    tok: transactionNum,
    originalInteractionGuid: origin?.guid,
    originalTransactionId: origin?.transactionNum,
  };
  if (interaction.resourceType === 2) {
    const guest = caller.name ?? `Guest ${1000 + (transactionNum % 9000)}`;
    return {
      ...common,
      chaletChat: true,
      chaletRoom: `room-${transactionNum}`,
      customerLanguage: 'en',
      med: 'C',
      nam: guest,
      remoteCallingName: guest,
    };
  }
  return {
    ...common,
    ...(interaction.resourceType === 3 ? { med: 'C', type: 'SMS' } : { med: 'T' }),
    callingName: caller.name ?? number,
    pho: number,
    phoneNum: number,
    remoteCallingName: caller.name,
    remotePhoneNum: caller.phone,
  };
}

/** `que` comes in two shapes that disagree on where the id stands: the Field Reference shows one, the legacy sample the other. */
function queueData(interaction: Interaction, tenant: string): Record<string, JsonValue | undefined> {
  const { origin, queue, queuedAt } = interaction;
  if (queue === undefined || queuedAt === undefined) return {};
  const que = interaction.wire.chance(0.5)
    ? `${tenant}~~${queue.id}~~${queue.media}~~${queue.uuid}`
    : `${tenant}~~queue~~${queue.media}~~${queue.id}`;
  const queuedSeconds = Math.floor(queuedAt / 1000);
  return {
    channelName: queue.channelName,
    oqu:
      origin?.queue === undefined ? undefined : `${tenant}~~queue~~${origin.queue.media}~~${origin.queue.id}`,
    otim: queuedSeconds,
    pcsOffered: 'no',
    priority: 50,
    que,
    queueDirection: interaction.direction,
    tenantName: tenant,
    tenantRecServer: 'eu10nfs01',
    tenantSkillName: queue.name,
    tim: queuedSeconds,
  };
}

/** Builds the list of keys and values, in alphabetical order as 8x8 sends it. */
export function attachedData(
  interaction: Interaction,
  kind: AttachedDataKind,
  tenant: string,
  extra: Readonly<Record<string, JsonValue | undefined>> = {},
): JsonObject {
  const members = {
    ...contactData(interaction),
    ...(kind === 'contact' ? {} : queueData(interaction, tenant)),
    ...extra,
  };
  const attachedDatum = Object.entries(members)
    .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([attachedDataKey, attachedDataValue]) => ({ attachedDataKey, attachedDataValue }));
  return { attachedDatum };
}
