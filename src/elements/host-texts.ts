/** Words that only the host page knows (names of queues, agents, break reasons): plain text by id, never HTML. */

export type HostTexts = Readonly<Record<string, string>>;

/** Text only: an id such as `constructor` must not find what every object has, and a page may write anything. */
export function hostText(texts: HostTexts | undefined, id: string | undefined): string | undefined {
  const text: unknown = id === undefined ? undefined : texts?.[id];
  return typeof text === 'string' && text !== '' ? text : undefined;
}
