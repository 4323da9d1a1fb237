/**
 * Who calls. Owns names and numbers of invented people; refuses to own how they appear on the wire.
 * Numbers come from ranges kept for fiction (Ofcom's 07700 900xxx and 020 7946 0xxx, the North American 555-01xx).
 */
import type { Random } from './random.js';

/** A customer. */
export interface Caller {
  /** Nothing when the network sent no name: then the wire carries the number where the name belongs. */
  readonly name: string | undefined;
  /** E.164, with the plus sign. */
  readonly phone: string;
}

const ordinaryNames: readonly string[] = [
  'Ada Byron',
  'Andrew Cunningham',
  'Beatriz Carvalho',
  'Daniel Osei',
  'Emily Hart',
  'Farah Siddiqui',
  'Grace Kim',
  'Henry Walsh',
  'Ingrid Solberg',
  'Jack Turner',
  'Leila Haddad',
  'Marco Bellini',
  'Nora Fischer',
  'Oliver Bennett',
  'Ruth Abrahams',
  'Samuel Adeyemi',
  'Tanya Petrova',
  'William Grant',
];

/** Names that break a page which treats them as anything but text: markup, quotes, other scripts, both directions. */
const demandingNames: readonly string[] = [
  "<b>Zoë</b> O'Neil",
  '<img src=x onerror=alert(1)>',
  '"Fish" & Sons',
  'محمد الأحمد',
  'שרה לוי',
  '王小明',
  'Nguyễn Thị Hoa',
  'Łukasz Żółć',
  'Søren 🌻 Kjær',
];

/** Draws a customer: about one in six has no name, one in six a demanding one. */
export function drawCaller(random: Random): Caller {
  const phone = random.weighted([
    [5, `+447700900${random.whole(100, 999)}`],
    [2, `+442079460${random.whole(100, 999)}`],
    [3, `+1${random.pick(['212', '415', '646'])}55501${random.whole(10, 99)}`],
  ]);
  const name = random.weighted<string | undefined>([
    [8, random.pick(ordinaryNames)],
    [2, random.pick(demandingNames)],
    [2, undefined],
  ]);
  return { name, phone };
}
