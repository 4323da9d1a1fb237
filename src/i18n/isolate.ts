/**
 * Foreign text (names, numbers) inside a sentence, kept from reordering the words around it. The marks travel with
 * the string and become `<bdi>` elements where it is drawn, so no invisible character reaches the page.
 * https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
 */
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const MARKS = /[\u2068\u2069]/g;

export function isolate(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${text.replace(MARKS, '')}${POP_ISOLATE}`;
}

/** The pieces of a sentence; those at odd places were isolated. */
export function isolatedPieces(text: string): readonly string[] {
  return text.split(MARKS);
}

export function withoutIsolates(text: string): string {
  return text.replace(MARKS, '');
}
