import type { TemplateResult } from 'lit';
import type { Messages } from '../../i18n/messages.js';
import type { WidgetError } from '../../protocol/errors.js';
import { faceOf } from './face.js';

/** In place of everything: the widget cannot go on as it is set up, or could not draw. */
export function wrongFace({ message: text, code }: WidgetError, messages: Messages): TemplateResult {
  return faceOf({ face: { title: messages.wrong, text }, tone: 'bad', icon: 'warning', fact: code });
}

/** In place of everything: some attributes are still to come. */
export function missingFace(
  kind: 'feed' | 'tile',
  attributes: readonly string[],
  messages: Messages,
): TemplateResult {
  const fact = messages.missing(attributes.join(', '));
  return faceOf({ face: messages.faces[kind], tone: 'neutral', icon: 'status', fact });
}
