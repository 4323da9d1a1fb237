/**
 * Reads one value of a payload, whatever JSON type it came in. 8x8 drops the quotes of any text that looks like a
 * number or a boolean, value by value (field reference, "JSON types are not fixed per field"), so every reader accepts
 * both spellings. A reader answers `undefined` for what it cannot use; none throws.
 */
import { ownText } from './own-text.js';

/** Longest name that is kept: the widest card shows about 60 characters. */
export const MAX_NAME_LENGTH = 120;

/** Longest id that is kept: interaction GUIDs of the public samples have 60 to 66 characters. */
export const MAX_ID_LENGTH = 120;

export type Fields = Readonly<Record<string, unknown>>;

/** Without a prototype: where the worker's program runs in the page, that is the page's to add to. */
const NO_FIELDS = Object.setPrototypeOf({}, null) as Fields;

/** A cut between the two halves of one character leaves a lone surrogate, drawn as a replacement box. */
const HALF_CHARACTER_AT_END = /[\ud800-\udbff]$/;

/**
 * Anything that leaves a trace on screen: neither a blank nor a control character, nor one that Unicode draws as nothing
 * (`Default_Ignorable_Code_Point`: zero width, direction, fillers), nor the braille pattern without dots.
 */
const VISIBLE = /[^\p{Z}\p{Cc}\p{DI}\u2800]/u;

/** What words stand for, in lower case. */
export type Choices<Choice> = ReadonlyMap<unknown, Choice>;

const BOOLEANS = choices({ true: true, yes: true, false: false, no: false });

/** The object under a key, or an empty one: a missing or wrongly shaped part is no reason to lose the event. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : NO_FIELDS;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number, trimmed and bounded; `undefined` when there is nothing to see in it. */
export function readText(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string') return Number.isFinite(value) ? String(value) : undefined;
  // A megabyte of text is cut before it is trimmed: trimming is linear in what it is given.
  const isLong = value.length > maxLength;
  const text = isLong ? ownText(value.slice(0, maxLength).replace(HALF_CHARACTER_AT_END, '')) : value;
  return VISIBLE.test(text) ? text.trim() : undefined;
}

/** A short text in lower case, to be compared without regard to case. */
export function readWord(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH) return undefined;
  return value.trim().toLowerCase();
}

export function choices<Choice>(words: Readonly<Record<string, Choice>>): Choices<Choice> {
  return new Map(Object.entries(words));
}

/** What a word stands for, in any case; most come in lower case as it is. */
export function readChoice<Choice>(value: unknown, choices: Choices<Choice>): Choice | undefined {
  if (typeof value !== 'string') return undefined;
  return choices.get(value) ?? choices.get(readWord(value));
}

export function readBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : readChoice(value, BOOLEANS);
}

/** A finite number, or one that came as digits in quotes. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^\s*\S{1,20}\s*$/.test(value) ? readNumber(Number(value)) : undefined;
}

/** A whole number from 0 to `max`. */
export function readCode(value: unknown, max: number): number | undefined {
  const number = readNumber(value) ?? -1;
  return Number.isInteger(number) && number >= 0 && number <= max ? number : undefined;
}

/** The first members of a list, which may come as text with commas or semicolons, or as one member alone. */
export function readList(value: unknown, max: number): readonly unknown[] {
  if (typeof value !== 'string') return Array.isArray(value) ? value.slice(0, max) : [value];
  const members = value.replaceAll(';', ',').split(',', max);
  // A member that is longer than an id stays so, and is cut by who reads it.
  return value.length <= max * MAX_ID_LENGTH
    ? members
    : members.map((member) => ownText(member.slice(0, MAX_ID_LENGTH + 1)));
}
