/**
 * What is behind the connection line: whether it is open, and the diagnostics as text where there is no clipboard. Owns
 * the copying; what is the matter is `trouble.ts`.
 */
import type { Diagnostics } from '../protocol/diagnostics.js';

export class ConnectionDetails {
  readonly #host: { requestUpdate(): void; getDiagnostics(): Promise<Diagnostics> };
  readonly #say: (isCopied: boolean) => void;
  isOpen = false;
  /** To be copied by hand. */
  text: string | undefined;

  constructor(
    host: { requestUpdate(): void; getDiagnostics(): Promise<Diagnostics> },
    say: (isCopied: boolean) => void,
  ) {
    this.#host = host;
    this.#say = say;
  }

  readonly toggle = (): void => {
    this.isOpen = !this.isOpen;
    this.text = undefined;
    this.#host.requestUpdate();
  };

  readonly copy = (): void => void this.#copy();

  async #copy(): Promise<void> {
    const text = JSON.stringify(await this.#host.getDiagnostics(), undefined, 2);
    const isCopied = await writeToClipboard(text);
    if (!isCopied) this.isOpen = true;
    this.text = isCopied ? undefined : text;
    this.#say(isCopied);
    this.#host.requestUpdate();
  }
}

async function writeToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Frames without `clipboard-write`, and pages without https, have no clipboard.
    return false;
  }
}
