/** Every drawing of the elements: one path each, on a 16 px grid, stroke 1.5, round ends. */
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
  | 'offline'
  | 'no-entry';

const CROSS = 'M4 4l8 8M12 4l-8 8';
const BARS = 'M5.5 3.5v9M10.5 3.5v9';
const HANDSET =
  'M4.3 2.4c.5-.2 1 0 1.2.5l.9 2.2c.2.4 0 .8-.3 1l-.9.7c.7 1.7 2.1 3.1 3.9 3.9l.8-.9c.2-.3.6-.4 1-.3l2.2.9c.5.2.7.7.5 1.2-.4 1.3-1.3 2-2.6 2C6.6 13.6 2.4 9.4 2.4 5c0-1.3.6-2.2 1.9-2.6Z';
const CIRCLE = 'M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 0 0 0-11.5Z';
const BUBBLE = 'M2.5 3h11v8h-6l-3 2.5V11h-2Z';
const PERSON = 'M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM3 13.5c.3-2.5 2.2-3.75 5-3.75s4.7 1.25 5 3.75';

const PATHS: Readonly<Record<Drawing, string>> = {
  phone: HANDSET,
  email: 'M2.5 3.5h11v9h-11ZM2.5 4.5 8 9l5.5-4.5',
  chat: BUBBLE,
  sms: `${BUBBLE}M5.5 7h.01M8 7h.01M10.5 7h.01`,
  video: 'M2 4.5h7.5v7H2ZM9.5 7.5 14 5v6L9.5 8.5',
  queue: 'M3 4.5h10M3 8h7M3 11.5h4',
  ring: 'M4 11V7a4 4 0 0 1 8 0v4l1.25 1.25H2.75ZM6.75 14h2.5',
  talk: `${HANDSET}M9.75 5a2 2 0 0 1 1.5 1.5M9.75 2.25a4.5 4.5 0 0 1 4.1 4.1`,
  missed: CROSS,
  leave: 'M6.5 3h-4v10h4M6.5 8h7M11 5.5 13.5 8 11 10.5',
  timeout: `${CIRCLE}M8 5v3.25l2 1.25`,
  hold: BARS,
  mute: 'M8 2.5A1.5 1.5 0 0 0 6.5 4v4a1.5 1.5 0 0 0 3 0V4A1.5 1.5 0 0 0 8 2.5ZM4 8a4 4 0 0 0 8 0M8 12v2M3 2.5l10 11',
  recording: `${CIRCLE}M8 7a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z`,
  'wrap-up': 'M3 13l.5-3L10.5 3l2.5 2.5L6 12.5ZM9 4.5 11.5 7',
  done: 'M3 8.5 6.25 11.75 13 4.75',
  end: 'M2.25 9.75c3.2-3.2 8.3-3.2 11.5 0l-1.65 1.9-2.4-1.15V8.65a7.6 7.6 0 0 0-3.4 0v1.85L3.9 11.65Z',
  transfer: 'M2.75 5.5h10M10.25 3l2.5 2.5-2.5 2.5M13.25 10.5h-10M5.75 8l-2.5 2.5 2.5 2.5',
  people:
    'M6 3a2.1 2.1 0 1 0 0 4.2A2.1 2.1 0 0 0 6 3ZM2 12.75c.2-2 1.75-3.25 4-3.25s3.8 1.25 4 3.25M10.5 3.2a2.1 2.1 0 0 1 0 3.8M11.75 9.75c1.3.400 2.1 1.5 2.25 3',
  status: PERSON,
  skill: 'M3 4.5h4.5M10.5 4.5H13M3 11.5h2.5M8.5 11.5H13M9 3v3M7 10v3',
  gap: 'M2 8h3M11 8h3M6.75 5l-1 6M10.25 5l-1 6',
  dot: 'M8 6.75a1.25 1.25 0 1 0 0 2.5 1.25 1.25 0 0 0 0-2.5Z',
  pause: BARS,
  play: 'M5 3.25v9.5L12.5 8Z',
  chevron: 'M6 4l4 4-4 4',
  close: CROSS,
  warning: 'M8 2.75 14 13H2ZM8 6.75v2.5M8 11.25h.01',
  'arrow-up': 'M8 13V3.5M4 7.25 8 3.25l4 4',
  live: 'M8 6.75a1.25 1.25 0 1 0 0 2.5 1.25 1.25 0 0 0 0-2.5ZM5 11a4.25 4.25 0 0 1 0-6M11 5a4.25 4.25 0 0 1 0 6',
  connecting: 'M8 2.25a5.75 5.75 0 0 1 5.75 5.75M8 13.75A5.75 5.75 0 0 1 2.25 8',
  offline:
    'M4.25 4.75a6 6 0 0 1 9 1.75M2.75 6.5a6 6 0 0 1 1.5-1.75M5 9.25a3.5 3.5 0 0 1 4.5-.9M8 12h.01M3 3l10 10',
  'no-entry': `${CIRCLE}M5 8h6`,
};

export function icon(name: Drawing): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${PATHS[name]}></path>
  </svg>`;
}
