/** Turns the name of an event that nobody has worded yet into words: `InteractionSentimentChanged`, `agent.login`. */

const SEPARATORS = '._-: /';

/** "Interaction sentiment changed". Runs of capitals stay together: `CRMUpdated` gives "CRM updated". */
export function eventWords(name: string): string {
  const words: string[] = [];
  let start = 0;
  for (let index = 0; index <= name.length; index += 1) {
    const isSeparator = index === name.length || SEPARATORS.includes(name.charAt(index));
    if (!isSeparator && !startsWord(name, index)) continue;
    if (index > start) words.push(name.slice(start, index));
    start = isSeparator ? index + 1 : index;
  }
  return words
    .map((word, index) => (index === 0 ? capitalised(word) : isAcronym(word) ? word : word.toLowerCase()))
    .join(' ');
}

function startsWord(name: string, index: number): boolean {
  if (index === 0 || !isUpper(name.charCodeAt(index))) return false;
  // A capital after a small letter, or the last capital of a run: the U of "CRMUpdated".
  return !isUpper(name.charCodeAt(index - 1)) || isLower(name.charCodeAt(index + 1));
}

function isAcronym(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}
