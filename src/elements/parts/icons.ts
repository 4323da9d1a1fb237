/** Every drawing of the elements: one path each on the points of a 16 px grid, stroke 1.5, round ends. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { IconName } from '../../protocol/views.js';

type Drawing =
  | IconName
  | 'pause'
  | 'play'
  | 'chevron'
  | 'close'
  | 'warning'
  | 'arrow-up'
  | 'live'
  | 'connecting'
  | 'details'
  | 'offline'
  | 'no-entry';

const CROSS = 'M4 4l8 8M12 4l-8 8';
const BARS = 'M6 3v10M10 3v10';
const HANDSET =
  'M3 2h2.5L7 5.5 5 7a8 8 0 0 0 4 4l1.5-2L14 10.5V13a1 1 0 0 1-1 1A11 11 0 0 1 2 3a1 1 0 0 1 1-1Z';
const CIRCLE = 'M2 8a6 6 0 0 0 12 0A6 6 0 0 0 2 8Z';
const DOT = 'M7 8a1 1 0 0 0 2 0a1 1 0 0 0-2 0Z';
const BUBBLE = 'M2 3h12v8H8l-3 3v-3H2Z';

export const PATHS: Readonly<Record<Drawing, string>> = {
  phone: HANDSET,
  email: 'M2 4h12v9H2ZM2 5l6 4 6-4',
  chat: BUBBLE,
  sms: `${BUBBLE}M5 7h.01M8 7h.01M11 7h.01`,
  video: 'M2 5h8v7H2ZM10 8l4-2v5l-4-2',
  queue: 'M3 5h10M3 8h7M3 11h4',
  ring: 'M4 11V7a4 4 0 0 1 8 0v4l1 1H3ZM7 14h2',
  talk: `${HANDSET}M10 5a1 1 0 0 1 1 1M10 2a4 4 0 0 1 4 4`,
  details: `${CIRCLE}M8 7v4M8 5h.01`,
  missed: CROSS,
  leave: 'M7 3H3v10h4M7 8h7M11 5l3 3-3 3',
  timeout: `${CIRCLE}M8 5v3l2 1`,
  hold: BARS,
  mute: 'M6 4a2 2 0 0 1 4 0v4a2 2 0 0 1-4 0ZM4 8a4 4 0 0 0 8 0M8 12v2M3 3l10 10',
  recording: CIRCLE + DOT,
  'wrap-up': 'M3 13l1-3 7-7 2 2-7 7ZM9 5l2 2',
  done: 'M3 8l3 3 7-7',
  end: 'M2 10c3-4 9-4 12 0l-2 2-2-1V9H6v2l-2 1Z',
  transfer: 'M3 5h10M11 3l2 2-2 2M13 11H3M5 9l-2 2 2 2',
  people: 'M4 5a2 2 0 0 0 4 0a2 2 0 0 0-4 0ZM2 13c0-4 8-4 8 0M10 3a2 2 0 0 1 0 4M12 10c1 0 2 1 2 3',
  status: 'M5.5 5a2.5 2.5 0 0 0 5 0a2.5 2.5 0 0 0-5 0ZM3 14c0-5 10-5 10 0',
  skill: 'M3 5h4M10 5h3M3 11h2M8 11h5M9 3v4M6 9v4',
  gap: 'M2 8h3M11 8h3M7 5l-1 6M10 5l-1 6',
  dot: DOT,
  pause: BARS,
  play: 'M5 3v10l8-5Z',
  chevron: 'M6 4l4 4-4 4',
  close: CROSS,
  warning: 'M8 3l6 10H2ZM8 7v2M8 11h.01',
  'arrow-up': 'M8 13V3M4 7l4-4 4 4',
  live: `${DOT}M5 11a4 4 0 0 1 0-6M11 5a4 4 0 0 1 0 6`,
  connecting: 'M8 2a6 6 0 0 1 6 6M8 14a6 6 0 0 1-6-6',
  offline: 'M2 7a8 8 0 0 1 3-2M8 4a8 8 0 0 1 6 3M5 10a4 4 0 0 1 5-1M8 12h.01M3 3l10 10',
  'no-entry': `${CIRCLE}M5 8h6`,
};

export function icon(name: Drawing): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${PATHS[name]}></path>
  </svg>`;
}
