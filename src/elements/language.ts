/**
 * The language, the time zone and the page's own names that an element speaks in. Owns when they are made anew: asking
 * `Intl` is dear, and an element updates every second.
 */
import type { PropertyValues } from 'lit';
import { en } from '../i18n/en.js';
import { createWording } from '../i18n/wording.js';
import type { Wording } from '../i18n/wording.js';
import type { WidgetError } from '../protocol/errors.js';
import { acceptedBy, settingsOf } from './attribute-checks.js';
import { Vocabulary, type HostNames } from './vocabulary.js';

const CHECKS = {
  locale: acceptedBy((tag) => new Intl.NumberFormat(tag), 'a language tag such as en-GB'),
  timezone: acceptedBy(
    (timeZone) => new Intl.DateTimeFormat('en', { timeZone }),
    'a time zone such as Europe/London',
  ),
};

type Speaking = HostNames &
  Pick<Element, 'getAttribute'> & { readonly locale: string | null; readonly timezone: string | null };

export class Language {
  readonly #host: Speaking;
  #vocabulary: Vocabulary;
  #errors: readonly WidgetError[] = [];

  constructor(host: Speaking) {
    this.#host = host;
    this.#vocabulary = new Vocabulary(createWording(en, undefined, undefined), host);
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  get wording(): Wording {
    return this.#vocabulary.wording;
  }

  /** What is wrong with the attributes. */
  get errors(): readonly WidgetError[] {
    return this.#errors;
  }

  /** Before each update of the element. */
  take(changed: PropertyValues): void {
    let { wording } = this;
    if (changed.has('locale') || changed.has('timezone')) {
      const { values, errors } = settingsOf(CHECKS, this.#host);
      this.#errors = errors;
      wording = createWording(en, values.locale, values.timezone);
    }
    if (wording !== this.wording || changed.has('reasonCodes') || changed.has('queueNames'))
      this.#vocabulary = new Vocabulary(wording, this.#host);
  }
}
