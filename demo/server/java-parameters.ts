/**
 * Owns the reading of query parameters as Java reads them: `Integer.parseInt`, `Boolean.parseBoolean`, `Enum.valueOf`.
 */

/** A parameter that Pulsar answers with 400. */
export class ParameterError extends Error {}

const MAX_INT = 2_147_483_647;

/** The number, or undefined where Java throws a `NumberFormatException`. */
export function parseJavaInt(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) {
    return undefined;
  }
  const value = Number(text);
  return value >= -MAX_INT - 1 && value <= MAX_INT ? value : undefined;
}

/**
 * The number, or undefined when the parameter is absent.
 * @throws {ParameterError} when it is no whole number or below `min`.
 */
export function readInt(parameters: URLSearchParams, name: string, min = -MAX_INT): number | undefined {
  const text = parameters.get(name);
  if (text === null) {
    return undefined;
  }
  const value = parseJavaInt(text);
  if (value === undefined) {
    throw new ParameterError(`For input string: "${text.slice(0, 60)}"`);
  }
  if (value < min) {
    throw new ParameterError(`${name} needs to be >= ${min}`);
  }
  return value;
}

/** The value, or undefined when the parameter is absent. @throws {ParameterError} when it is none of `choices`. */
export function readChoice<T extends string>(
  parameters: URLSearchParams,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = parameters.get(name);
  if (text === null) {
    return undefined;
  }
  const choice = choices.find((each) => each === text);
  if (choice === undefined) {
    throw new ParameterError(`Invalid ${name} ${text.slice(0, 60)}`);
  }
  return choice;
}

/** Anything but "true" is false, in any case of letters. */
export function readBoolean(parameters: URLSearchParams, name: string): boolean {
  return parameters.get(name)?.toLowerCase() === 'true';
}
