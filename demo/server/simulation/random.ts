/**
 * Chance that can be repeated. Owns the generator and the handful of distributions the simulation draws from;
 * refuses to own any decision. Every actor takes a stream of its own by name, so that one more draw by one actor,
 * or two timers that swap places, change nothing for the others.
 */

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units: enough to spread names over seeds, and stable between machines. */
function hash(text: string): number {
  let value = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), FNV_PRIME);
  }
  return value >>> 0;
}

/** A named stream of chance: the same path gives the same draws. */
export class Random {
  readonly #path: string;
  #state: number;

  /** @param path where this stream stands below the seed, for example `7/agent/0/offers` */
  constructor(path: string) {
    this.#path = path;
    this.#state = hash(path);
  }

  /** A stream of its own below this one. Takes no draw from this stream. */
  stream(name: string): Random {
    return new Random(`${this.#path}/${name}`);
  }

  /** The next number in [0, 1): mulberry32, 32 bits of state. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A real number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number in [low, high]. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  /** A waiting time without memory, cut at six times its mean so that no actor falls silent. */
  exponential(mean: number): number {
    return Math.min(-Math.log(1 - this.next()) * mean, mean * 6);
  }

  /** One of the items. Throws on an empty list, which would be a mistake in the caller. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('Cannot pick from an empty list');
    return item;
  }

  /** One of the values, each with its weight; weights need no particular sum. */
  weighted<Value>(choices: readonly (readonly [weight: number, value: Value])[]): Value {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0);
    let rest = this.next() * total;
    for (const [weight, value] of choices) {
      rest -= weight;
      if (rest < 0) return value;
    }
    throw new RangeError('Cannot draw from an empty list of choices');
  }

  /** Text of the given length over the alphabet. */
  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet.charAt(Math.floor(this.next() * alphabet.length))).join('');
  }

  /** Text in the form of a version 4 UUID. */
  uuid(): string {
    const hex = '0123456789abcdef';
    const groups = [8, 4, 3, 3, 12].map((length) => this.text(hex, length));
    const [first, second, third, fourth, fifth] = groups;
    return `${first}-${second}-4${third}-${this.text('89ab', 1)}${fourth}-${fifth}`;
  }
}
