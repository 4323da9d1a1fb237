import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Messages } from '../../i18n/messages.js';
import type { Wording } from '../../i18n/wording.js';
import type { ConnectionStatus } from '../../protocol/connection-status.js';
import type { FeedView } from '../../protocol/views.js';
import { faceOf } from './face.js';
import { skeleton } from './skeleton.js';

export interface FaceFacts {
  readonly view: FeedView | undefined;
  readonly connection: ConnectionStatus;
  /** Live for ten minutes, and not one message. */
  readonly isQuietLong: boolean;
  readonly retry: () => void;
  readonly copyDiagnostics: () => void;
}

/** What stands in the place of the history when there is none; `undefined` when there are rows to draw. */
export function feedFace(facts: FaceFacts, wording: Wording): TemplateResult | undefined {
  const { view, connection } = facts;
  const { messages } = wording;
  if (view !== undefined && view.rows.length > 0) return undefined;
  switch (connection.kind) {
    case 'cannot-connect': {
      const isBlocked = connection.cause.kind === 'blocked';
      return faceOf({
        face: messages.faces[isBlocked ? 'blocked' : 'cannot-connect'],
        tone: 'bad',
        icon: 'offline',
        // The directive that the page's author has to change; a word of no language.
        fact: isBlocked ? 'connect-src' : undefined,
        actions: html`<button class="action" type="button" @click=${facts.copyDiagnostics}>
          ${messages.copyDiagnostics}
        </button>`,
      });
    }
    case 'ended':
      return faceOf({ face: messages.faces.ended, tone: 'off', icon: 'no-entry' });
    case 'connecting':
    case 'catching-up':
      return skeleton(messages.loading);
    case 'live':
      return view === undefined ? skeleton(messages.loading) : empty(facts, messages.faces);
    case 'idle':
    case 'reconnecting':
    case 'unstable':
    case 'failed':
    case 'offline':
      return view === undefined ? html`` : empty(facts, messages.faces);
    default: {
      const unheardOf: never = connection;
      return unheardOf;
    }
  }
}

function empty({ isQuietLong, view }: FaceFacts, faces: Messages['faces']): TemplateResult {
  // A day with a call in hand is not empty: the card above says what goes on.
  if (view !== undefined && view.live.length > 0) return html``;
  const face = faces[isQuietLong ? 'quiet' : 'empty'];
  return html`<slot name="empty"
    >${faceOf({ face, tone: 'neutral', icon: isQuietLong ? 'timeout' : 'done' })}</slot
  >`;
}
