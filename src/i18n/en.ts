/** English: the words that an agent reads at a glance, and the language that every other catalogue is translated from. */
import { enLost, enStorage, enTroubles, NOT_CONNECTED } from './en-trouble.js';
import type { FailureKey, LiveStateKey, MediaKey, Messages } from './messages.js';

const DOT = ' · ';
const BELOW_TARGET = 'below target';

const MEDIA: Readonly<Record<MediaKey, string>> = {
  phone: 'Call',
  email: 'Email',
  chat: 'Chat',
  sms: 'SMS',
  video: 'Video call',
};

const FAILURE: Readonly<Record<FailureKey, string>> = {
  normal: 'ended normally',
  busy: 'busy',
  badaddress: 'wrong number',
  noanswer: 'no answer',
  cancelled: 'cancelled',
  rejected: 'rejected',
  failed: 'technical fault',
  blocked: 'blocked',
};

const LIVE_STATE: Readonly<Record<LiveStateKey, string>> = {
  waiting: 'Waiting',
  ringing: 'Ringing',
  calling: 'Calling',
  'on-call': 'On call',
  'on-hold': 'On hold',
  'wrap-up': 'Wrap-up',
};

const INTERACTION = 'Interaction';
const SPOKEN: readonly MediaKey[] = ['phone', 'video'];

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINAL_SUFFIX: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: 'st',
  two: 'nd',
  few: 'rd',
};

function noun(media: MediaKey | undefined): string {
  if (media === 'sms') return MEDIA.sms;
  return (media === undefined ? INTERACTION : MEDIA[media]).toLowerCase();
}

/** Nothing where the fact is not known. */
function known(before: string, fact: string | undefined, after = ''): string {
  return fact ? before + fact + after : '';
}

export const en: Messages = {
  language: 'en',
  textDirection: 'ltr',
  sentence: {
    'new-inbound': (facts) => `New ${noun(facts.media)}${known(' from ', facts.caller)}`,
    'new-outbound': (facts) => `New outbound ${noun(facts.media)}${known(' to ', facts.caller)}`,
    waiting: (facts) => `Waiting${known(' in ', facts.queue)}`,
    'queue-timeout': (facts) => `Waited too long${known(' in ', facts.queue)}; moved on`,
    offered: ({ caller, queue, time }) =>
      `Offered${known(': ', [caller, queue, known('waited ', time)].filter(Boolean).join(DOT))}`,
    answered: (facts) => `Answered${known(' after ', facts.time)}`,
    'ringing-customer': (facts) => `Ringing ${facts.caller ?? 'customer'}`,
    'customer-answered': (facts) => `${facts.caller ?? 'Customer'} answered`,
    missed: () => 'Missed: not answered in time',
    declined: () => 'Declined',
    'not-accepted': () => 'Not accepted',
    'left-queue': () => 'Left the queue',
    'on-hold': () => 'On hold',
    'off-hold': (facts) => `Back from hold${known(' after ', facts.time)}`,
    muted: () => 'Muted',
    unmuted: () => 'Unmuted',
    'transfer-started': () => 'Transfer started',
    'customer-left-chat': () => 'Customer left the chat',
    recording: (facts) => `Recording${facts.recording === 'started' ? '' : known(' ', facts.recording)}`,
    'wrap-up-started': (facts) => `Wrap-up started${known(`${DOT}handled `, facts.time)}`,
    'wrap-up-done': (facts) => `Wrap-up done${known(' in ', facts.time)}`,
    'ended-by-customer': (facts) => `Ended by customer${known(DOT, facts.time)}`,
    'ended-by-agent': (facts) => `Ended by agent${known(DOT, facts.time)}`,
    'ended-by-system': (facts) => `Ended by system${known(DOT, facts.time)}`,
    ended: (facts) => `Ended${known(DOT, facts.time)}`,
    abandoned: (facts) => `Abandoned${known(' after ', facts.time)}`,
    failed: (facts) => `Failed${known(': ', facts.failure && FAILURE[facts.failure])}`,
    conference: (facts) => `Conference: ${facts.people ?? '–'} people`,
    'agent-status': ({ status, reason }) =>
      `${status === undefined ? en.statusUnknown : en.status[status]}${known(' – ', reason)}`,
    skill: ({ media, isEnabled }) => {
      const change = isEnabled === undefined ? 'Skill changed' : `Skill turned ${isEnabled ? 'on' : 'off'}`;
      return `${change}${known(': ', media && noun(media))}`;
    },
    'event-name': (facts) => facts.name ?? 'Event',
  },
  // By code, from 0.
  status: [
    'Unknown (never logged in)',
    'Logged out',
    'Logged in',
    'On break',
    'Available',
    'Working offline',
    'Being offered',
    'Handling',
    'Wrap-up',
    'Busy',
    'On a direct call',
    'On an email',
  ],
  statusUnknown: 'Status unknown',
  media: MEDIA,
  direction: { inbound: 'inbound', outbound: 'outbound' },
  phase: { wait: 'wait', ring: 'ring', talk: 'talk', hold: 'hold', 'wrap-up': 'wrap' },
  liveState: (state, media) =>
    state === 'on-call' && media !== undefined && !SPOKEN.includes(media) ? MEDIA[media] : LIVE_STATE[state],
  interaction: INTERACTION,
  unknownCaller: 'Unknown caller',
  missed: { title: 'Missed', text: 'Not answered in time' },
  reason: (itemId) => `Reason ${itemId}`,
  queue: (id) => `Queue ${id}`,
  priority: (value) => `priority ${value}`,
  waited: (time) => `waited ${time}`,
  since: (time) => `since ${time}`,
  ringCountdown: (elapsed, limit) => `${elapsed} / ${limit} s`,
  recordingNow: 'rec',
  mutedNow: 'muted',

  connection: {
    state: {
      idle: NOT_CONNECTED,
      'no-worker': 'Not running',
      connecting: 'Connecting…',
      'catching-up': 'Catching up',
      live: 'Live',
      paused: 'Paused',
      reconnecting: 'Reconnecting',
      held: 'Browser may wait',
      unstable: 'Connection keeps dropping',
      failed: 'Stopped: an event is too big for the service',
      'cannot-connect': 'Can’t connect',
      'auth-suspected': 'Access refused',
      offline: 'Offline',
      ended: 'Ended',
    },
    ago: (time) => `${time} ago`,
    quietFor: (time) => `quiet for ${time}`,
    held: (count) => `${count} held`,
    attempt: (attempt, wait) => {
      const nth = `${attempt}${ORDINAL_SUFFIX[ordinals.select(attempt)] ?? 'th'} try`;
      return `${nth} ${wait === undefined ? 'now' : `in ${wait}`}`;
    },
  },
  faces: {
    feed: { title: 'Choose an agent to show.', text: 'This feed is not set up yet.' },
    tile: { title: 'Choose a queue to show.', text: 'This tile is not set up yet.' },
    well: { title: 'All is well.', text: 'Nothing is known to be wrong with the connection.' },
    empty: { title: 'No activity yet today.', text: 'New calls appear here at once.' },
    'subscription-empty': {
      title: 'Nothing new.',
      text: 'On this subscription each event is shown once, and not again after a reload. New calls appear here, unless another reader on it has them.',
    },
  },
  troubles: enTroubles,
  runsInPage:
    'Runs in the page’s own thread, as no worker could be started. Most likely the page’s policy allows none: add worker-src blob: or set worker-url.',
  connectingFor: (time) => `Connecting for ${time}.`,
  heldBack: 'After failures the browser probably waits as well.',
  closeCodes: {
    1000: 'closed',
    1001: 'going away',
    1005: 'no reason given',
    1006: 'connection lost',
    1009: 'event too big',
    1011: 'error in the service',
    1012: 'restarting',
    1013: 'overloaded',
  },
  wrong: 'Something is wrong',
  missing: (attributes) => `Missing: ${attributes}`,
  storageOnMemory: enStorage,

  feedLabel: (agent) => `8x8 activity${known(', ', agent)}`,
  currentInteractions: 'Current interactions',
  activity: 'Activity',
  pause: 'Pause the list',
  showSteps: 'Steps',
  action: { retry: 'Try now', connect: 'Connect' },
  details: 'Details',
  copyDiagnostics: 'Copy diagnostics',
  copied: 'Copied',
  notCopied: 'No clipboard here: select the text and copy it',
  dismiss: 'Dismiss',
  loading: 'Loading',
  newRows: (count) => `${count} new`,
  whileAway: (count) => `${count} while you were away`,
  earlier: (day) => `${day}, earlier`,
  noData: (from, to) => {
    if (from === to) return `No data ${known('at ', from) || 'for a while'}`;
    const dash = /\s/.test(`${from}${to}`) ? ' – ' : '–';
    return `No data ${from && to ? from + dash + to : known('from ', from) + known('before ', to)}`;
  },
  lost: {
    'no-cursor': 'the connection ended before the first event',
    'history-expired': 'the service no longer has it',
    'position-unknown': 'the service does not know where we were',
    'position-refused': 'the service does not go back to it',
  },
  dropped: 'Too many events at once: some were left out',
  lostDetail: enLost,
  today: 'Today',
  yesterday: 'Yesterday',
  moreUpdates: (count) => (count === 1 ? 'One more update.' : `${count} more updates.`),
  caughtUp: (count) => `Up to date, ${count} events read`,

  tile: {
    label: (queue) => `${queue} queue`,
    waiting: 'waiting',
    longestWait: 'longest wait',
    serviceLevel: 'service level',
    serviceLevelShort: 'SL',
    serviceLevelWithin: (time) => `answered within ${time}`,
    ringing: (count) => `${count} ringing`,
    target: (percent) => `target ${percent}`,
    answered: (count) => `${count} answered`,
    abandoned: (count, rate) => `${count} abandoned${known(' (', rate, ')')}`,
    waitLevel: { warn: 'near target', bad: 'over target' },
    serviceLevelLevel: { good: 'on target', warn: BELOW_TARGET, bad: BELOW_TARGET },
    fewCalls: 'few calls',
    partial: 'partial',
    noDataYet: 'no data yet',
    sharedOut: 'no numbers: others may have the events',
    asOf: (time) => `as of ${time}`,
    trend: (low, high, now) => `Waiting, last 30 minutes: low ${low}, high ${high}, now ${now}`,
    trendUnknown: 'Waiting, last 30 minutes: not known yet',
    trendLabel: 'waiting, last 30 min',
    unknown: 'unknown',
  },

  seconds: (count) => `${count} s`,
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  days: (days, hours) => `${days} d ${hours} h`,
};
