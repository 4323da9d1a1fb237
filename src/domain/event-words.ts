/** Turns the name of an event that nobody has worded yet into words: `InteractionSentimentChanged`, `agent.login`. */

const SEPARATORS = /[._\-: /]+/;

/** "Interaction sentiment changed". Runs of capitals stay together: `CRMUpdated` gives "CRM updated". */
export function eventWords(name: string): string {
  return (
    name
      .replace(/([^A-Z])([A-Z])/g, '$1 $2')
      // The last capital of a run: the U of "CRMUpdated".
      .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
      .split(SEPARATORS)
      .filter((word) => word !== '')
      .map((word, index) => (index === 0 ? capitalised(word) : isAcronym(word) ? word : word.toLowerCase()))
      .join(' ')
  );
}

function isAcronym(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
