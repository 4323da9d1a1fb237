/** English: the words that an agent reads at a glance, and the language that every other catalogue is translated from. */
import type { FailureKey, LiveStateKey, MediaKey, Messages, SentenceFacts } from './messages.js';

const DOT = ' · ';

const MEDIA_NOUN: Readonly<Record<MediaKey, string>> = {
  phone: 'call',
  email: 'email',
  chat: 'chat',
  sms: 'SMS',
  video: 'video call',
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

const SPOKEN: readonly MediaKey[] = ['phone', 'video'];

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINAL_SUFFIX: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: 'st',
  two: 'nd',
  few: 'rd',
};

function noun({ media }: SentenceFacts): string {
  return media === undefined ? 'interaction' : MEDIA_NOUN[media];
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(DOT);
}

/** Nothing where the fact is not known. */
function known(before: string, fact: string | undefined, after = ''): string {
  return fact === undefined ? '' : before + fact + after;
}

export const en: Messages = {
  language: 'en',
  sentence: {
    'new-inbound': (facts) => `New ${noun(facts)}${known(' from ', facts.caller)}`,
    'new-outbound': (facts) => `New outbound ${noun(facts)}${known(' to ', facts.caller)}`,
    waiting: ({ queue }) => `Waiting${known(' in ', queue)}`,
    'queue-timeout': ({ queue }) => `Waited too long${known(' in ', queue)}; moved on`,
    offered: ({ caller, queue, time }) => {
      const facts = joined(caller, queue, known('waited ', time) || undefined);
      return `Offered${known(': ', facts || undefined)}`;
    },
    answered: ({ time }) => `Answered${known(' after ', time)}`,
    'ringing-customer': ({ caller }) => `Ringing ${caller ?? 'customer'}`,
    'customer-answered': ({ caller }) => `${caller ?? 'Customer'} answered`,
    missed: () => 'Missed: not answered in time',
    declined: () => 'Declined',
    'not-accepted': () => 'Not accepted',
    'left-queue': () => 'Left the queue',
    'on-hold': () => 'On hold',
    'off-hold': ({ time }) => `Back from hold${known(' after ', time)}`,
    muted: () => 'Muted',
    unmuted: () => 'Unmuted',
    'transfer-started': () => 'Transfer started',
    'customer-left-chat': () => 'Customer left the chat',
    recording: ({ recording }) => `Recording${recording === 'started' ? '' : known(' ', recording)}`,
    'wrap-up-started': ({ time }) => `Wrap-up started${known(`${DOT}handled `, time)}`,
    'wrap-up-done': ({ time }) => `Wrap-up done${known(' in ', time)}`,
    'ended-by-customer': ({ time }) => `Ended by customer${known(DOT, time)}`,
    'ended-by-agent': ({ time }) => `Ended by agent${known(DOT, time)}`,
    'ended-by-system': ({ time }) => `Ended by system${known(DOT, time)}`,
    ended: ({ time }) => `Ended${known(DOT, time)}`,
    abandoned: ({ time }) => `Abandoned${known(' after ', time)}`,
    failed: ({ failure }) => `Failed${known(': ', failure && FAILURE[failure])}`,
    conference: ({ people }) => `Conference: ${people ?? '–'} people`,
    'agent-status': ({ status, reason }) =>
      `${status === undefined ? en.statusUnknown : en.status[status]}${known(' – ', reason)}`,
    skill: ({ media, isEnabled }) => {
      const change = isEnabled === undefined ? 'Skill changed' : `Skill turned ${isEnabled ? 'on' : 'off'}`;
      return `${change}${known(': ', media && MEDIA_NOUN[media])}`;
    },
    'event-name': ({ name }) => name ?? 'Event',
  },
  status: {
    0: 'Unknown (never logged in)',
    1: 'Logged out',
    2: 'Logged in',
    3: 'On break',
    4: 'Available',
    5: 'Working offline',
    6: 'Being offered',
    7: 'Handling',
    8: 'Wrap-up',
    9: 'Busy',
    10: 'On a direct call',
    11: 'On an email',
  },
  statusUnknown: 'Status unknown',
  media: { phone: 'Call', email: 'Email', chat: 'Chat', sms: 'SMS', video: 'Video call' },
  direction: { inbound: 'inbound', outbound: 'outbound' },
  phase: { wait: 'wait', ring: 'ring', talk: 'talk', hold: 'hold', 'wrap-up': 'wrap' },
  liveState: (state, media) =>
    state === 'on-call' && media !== undefined && !SPOKEN.includes(media)
      ? en.media[media]
      : LIVE_STATE[state],
  interaction: 'Interaction',
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
    idle: 'Not connected',
    connecting: 'Connecting…',
    catchingUp: (count) => `Catching up · ${count}`,
    live: 'Live',
    ago: (time) => `${time} ago`,
    quietFor: (time) => `quiet for ${time}`,
    paused: 'Paused',
    held: (count) => `${count} held`,
    reconnecting: 'Reconnecting',
    unstable: 'Connection keeps dropping',
    failed: 'Stopped: an event is too big for the service',
    attempt: (attempt, wait) => {
      const nth = `${attempt}${ORDINAL_SUFFIX[ordinals.select(attempt)] ?? 'th'} try`;
      return `${nth} ${wait === undefined ? 'now' : `in ${wait}`}`;
    },
    offlineSince: (time) => `Offline since ${time}`,
    cannotConnect: 'Can’t connect',
    ended: 'Ended',
  },
  faces: {
    unconfiguredFeed: { title: 'Choose an agent to show.', text: 'This feed is not set up yet.' },
    unconfiguredTile: { title: 'Choose a queue to show.', text: 'This tile is not set up yet.' },
    cannotConnect: {
      title: 'Can’t connect',
      text: 'The browser hides the reason. Most likely: key or tenant name, wrong region, network blocks WebSockets.',
    },
    blocked: {
      title: 'Can’t connect',
      text: 'This page’s security policy does not allow a connection to the event service.',
    },
    ended: { title: 'The stream has ended', text: 'The service closed this topic: nothing more will come.' },
    empty: { title: 'No activity yet today.', text: 'New calls appear here at once.' },
    nothingYet: { title: 'Nothing yet.', text: 'If calls are happening, check region and agent id.' },
    wrong: { title: 'Something is wrong', text: 'The widget could not show this.' },
  },
  missing: (attributes) => `Missing: ${attributes}`,
  storageOnMemory: 'No storage on this page: after a reload only new events are shown.',

  feedLabel: (agent) => `8x8 activity${known(', ', agent)}`,
  currentInteractions: 'Current interactions',
  activity: 'Activity',
  pause: 'Pause the list',
  showSteps: 'Steps',
  tryNow: 'Try now',
  connect: 'Connect',
  copyDiagnostics: 'Copy diagnostics',
  copied: 'Copied',
  notCopied: 'Could not copy',
  dismiss: 'Dismiss',
  loading: 'Loading',
  newRows: (count) => `${count} new`,
  whileAway: (count) => `${count} while you were away`,
  earlier: (day) => `${day}, earlier`,
  noData: (from, to) => {
    const span = from === to ? known('at ', from) : from && to && `${from}–${to}`;
    return `No data ${span || known('from ', from) || known('before ', to) || 'for a while'}`;
  },
  dropped: 'Too many events at once: some were left out',
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
    overTarget: 'over target',
    nearTarget: 'near target',
    belowTarget: 'below target',
    onTarget: 'on target',
    fewCalls: 'few calls',
    since: (time) => `since ${time}`,
    partial: 'partial',
    noDataYet: 'no data yet',
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
