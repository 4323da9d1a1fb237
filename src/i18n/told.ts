/** Something that is the matter, in the order in which it is said: a widget owes its reader all three parts. */
export interface Told {
  /** What happened. */
  readonly title: string;
  /** More of it; empty where there is no more to say. */
  readonly why: string;
  /** What still works. */
  readonly works: string;
  /** What happens next, or what to do. */
  readonly next: string;
}

/** As one text, without the title where that is said elsewhere. */
export function toldText({ title, why, works, next }: Partial<Told>): string {
  return [title, why, works, next].filter(Boolean).join(' ');
}
