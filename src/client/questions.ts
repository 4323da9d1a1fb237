/** Questions to the worker that wait for their answer, each for a bounded time. */
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import { timeLimit, type PageTime } from './page-time.js';

interface Question {
  readonly resolve: (answer: StreamDiagnostics | undefined) => void;
  readonly callOff: () => void;
}

export class Questions {
  readonly #time: PageTime;
  readonly #open = new Map<number, Question>();
  #lastNumber = 0;

  constructor(time: PageTime) {
    this.#time = time;
  }

  /** `post` sends the question; resolves with `undefined` when no answer came within the limit. Never rejects. */
  ask(limitMs: number, post: (request: number) => void): Promise<StreamDiagnostics | undefined> {
    const request = ++this.#lastNumber;
    return new Promise((resolve) => {
      const callOff = timeLimit(this.#time, limitMs, () => this.answer(request, undefined));
      this.#open.set(request, { resolve, callOff });
      post(request);
    });
  }

  /** Late answers, and answers to nobody, are dropped. */
  answer(request: number, answer: StreamDiagnostics | undefined): void {
    const question = this.#open.get(request);
    if (question === undefined) return;
    this.#open.delete(request);
    question.callOff();
    question.resolve(answer);
  }

  /** The worker is gone: nobody will answer. */
  giveUp(): void {
    for (const request of [...this.#open.keys()]) this.answer(request, undefined);
  }
}
