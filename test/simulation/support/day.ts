/** A simulated day and plain access to its payloads, read as a stranger would read them: from the JSON alone. */
import assert from 'node:assert/strict';
import {
  simulate,
  type JsonObject,
  type JsonValue,
  type SimulatedEvent,
} from '../../../demo/server/simulation/index.js';

export const HOUR_MS = 3_600_000;
/** A Monday morning in 2026. */
export const MORNING = 1_789_974_000_000;

let cached: readonly SimulatedEvent[] | undefined;

/** 24 hours of events at speed 1, seed 7; made once for each test file. */
export function day(): readonly SimulatedEvent[] {
  cached ??= [...simulate({ seed: 7, from: MORNING, until: MORNING + 24 * HOUR_MS })];
  return cached;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two lists of payloads are the same; if not, it names the first place where they differ instead of printing both. */
export function assertSamePayloads(
  actual: readonly string[],
  expected: readonly string[],
  what: string,
): void {
  const index = expected.findIndex((payload, position) => payload !== actual[position]);
  const place = index < 0 ? expected.length : index;
  assert.equal(actual[place], expected[place], `${what}: payload ${place} of ${expected.length}`);
}

/** The object under the event's one outer key. */
export function body(event: SimulatedEvent): JsonObject {
  const [inner] = Object.values(event.payload);
  if (!isObject(inner)) throw new TypeError(`${event.type} has no object inside`);
  return inner;
}

/** The interaction's members, or nothing for events about an agent alone. */
export function interactionOf(event: SimulatedEvent): JsonObject | undefined {
  const inner = event.payload['Interaction'];
  return isObject(inner) ? inner : undefined;
}

export function text(members: JsonObject, key: string): string {
  const value = members[key];
  if (typeof value !== 'string') throw new TypeError(`${key} is not text but ${JSON.stringify(value)}`);
  return value;
}

/** `attachedData` as a map. */
export function attached(members: JsonObject): ReadonlyMap<string, JsonValue> {
  const data = members['attachedData'];
  const list = isObject(data) ? data['attachedDatum'] : undefined;
  const found = new Map<string, JsonValue>();
  for (const item of Array.isArray(list) ? list : []) {
    found.set(text(item, 'attachedDataKey'), item.attachedDataValue);
  }
  return found;
}

/** Agent ids in `participatingAgents`, whatever the separator and the form. */
export function participants(members: JsonObject): readonly string[] {
  const value = members['participatingAgents'];
  if (typeof value !== 'string') return [];
  return value.split(/[,;]/).map((entry) => {
    const id = entry.split('-').find((part) => /^ag[\w]{22}$/.test(part));
    if (id === undefined) throw new TypeError(`No agent id in ${entry}`);
    return id;
  });
}
