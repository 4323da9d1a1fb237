import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Messages } from '../../i18n/messages.js';
import type { ConnectionStatus } from '../../protocol/connection-status.js';
import type { FeedView } from '../../protocol/views.js';
import type { ConnectionWords } from '../connection-words.js';
import type { Trouble } from '../trouble.js';
import { faceOf } from './face.js';
import { skeleton } from './skeleton.js';

export interface FaceFacts {
  readonly view: FeedView | undefined;
  readonly connection: ConnectionStatus;
  readonly look: Pick<ConnectionWords, 'icon' | 'tone'>;
  readonly trouble: Trouble | undefined;
  readonly hasSubscription: boolean;
  readonly copyDiagnostics: () => void;
}

/** What stands in the place of the history when there is none; `undefined` when there are rows to draw. */
export function feedFace(facts: FaceFacts, messages: Messages): TemplateResult | undefined {
  const { view, connection, trouble, look } = facts;
  // Held back, they are no empty day.
  if (view !== undefined && view.rows.length + view.heldRows > 0) return undefined;
  switch (connection.kind) {
    case 'connecting':
    case 'catching-up':
      return skeleton(messages.loading);
    case 'live':
      return view === undefined ? skeleton(messages.loading) : empty(facts, messages.faces);
    case 'idle':
    // What comes now is not here at once: that would be said of an empty day.
    case 'reconnecting':
    case 'unstable':
    case 'failed':
    case 'cannot-connect':
    case 'auth-suspected':
    case 'offline':
    case 'ended':
      return trouble && faceOf({ ...trouble, ...look, actions: copyButton(facts, messages) });
    default: {
      const unheardOf: never = connection;
      return unheardOf;
    }
  }
}

function copyButton({ copyDiagnostics }: FaceFacts, messages: Messages): TemplateResult {
  return html`<button class="action" type="button" @click=${copyDiagnostics}>
    ${messages.copyDiagnostics}
  </button>`;
}

function empty(
  { trouble, view, hasSubscription }: Pick<FaceFacts, 'trouble' | 'view' | 'hasSubscription'>,
  faces: Messages['faces'],
): TemplateResult {
  // A day with a call in hand is not empty: the card above says what goes on.
  if (view !== undefined && view.live.length > 0) return html``;
  // What a subscription has brought before is not shown again: that says nothing of the day.
  const face = trouble?.face ?? faces[hasSubscription ? 'subscription-empty' : 'empty'];
  return html`<slot name="empty"
    >${faceOf({ face, tone: 'neutral', icon: trouble === undefined ? 'done' : 'timeout' })}</slot
  >`;
}
