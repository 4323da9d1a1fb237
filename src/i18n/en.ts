/** English: the words that an agent reads at a glance, and the language that every other catalogue is translated from. */
import type { FailureKey, LiveStateKey, MediaKey, Messages } from './messages.js';

const DOT = ' · ';
const NOT_CONNECTED = 'Not connected';
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
    idle: { title: `${NOT_CONNECTED}.`, text: 'Nothing is read now.' },
    disconnected: {
      title: `${NOT_CONNECTED}.`,
      text: 'This page has ended the connection. What is shown stays, and nothing new comes until “Connect”.',
    },
    'no-worker': {
      title: 'The widget could not start its worker.',
      text: 'Nothing is read now. What is shown stays, and the widget tries again by itself within minutes.',
    },
    connecting: {
      title: '',
      text: 'No connection has come about yet. A try is given up after 45 s, and the next one follows by itself.',
    },
    offline: {
      title: 'No network.',
      text: 'This device is offline. What is shown stays, and the widget connects by itself when the network is back.',
    },
    unreachable: {
      title: 'The service can’t be reached.',
      text: 'It does not answer from this network. Most likely a VPN, proxy or firewall blocks it (port 443). What is shown stays, and the widget goes on trying.',
    },
    'auth-suspected': {
      title: 'The service refuses access.',
      text: 'It is there, but a browser is not told why it refuses. Most likely, in this order: the key, the tenant name, the key’s permission, the topic or agent id. A new key is tried at once, this one every 5 minutes.',
    },
    'cannot-connect': {
      title: 'Can’t connect.',
      text: 'The browser hides the reason. Most likely: key or tenant name, wrong region, network blocks WebSockets. What is shown stays, and the widget goes on trying.',
    },
    'subscription-held': {
      title: 'Can’t connect.',
      text: 'Another reader may hold this subscription. If none does: key or tenant name, wrong region, network blocks WebSockets. What is shown stays, and the widget goes on trying.',
    },
    'subscription-lost': {
      title: 'The connection was lost.',
      text: 'It has not come back yet. The service may still count it as the reader of this subscription, for up to 5 minutes, or another reader may have taken its place. What is shown stays, and the widget goes on trying.',
    },
    'subscription-refused': {
      title: 'The service refuses access.',
      text: 'Another reader may hold this subscription with another type. If none does: the key, the tenant name, the key’s permission, the topic or agent id. A new key is tried at once, this one every 5 minutes.',
    },
    policy: {
      title: 'This page does not allow the connection.',
      text: 'Its security policy has to name the event service. Whoever runs the page adds this to its Content-Security-Policy:',
    },
    'mixed-content': {
      title: 'An https page needs a wss: endpoint.',
      text: 'Browsers let it open no ws: connection. Whoever runs the page changes its endpoint.',
    },
    'connect-timeout': {
      title: 'The service does not answer.',
      text: 'No answer within 45 s: a slow network, or a proxy that holds WebSockets back. What is shown stays, and the widget goes on trying.',
    },
    'keepalive-timeout': {
      title: 'The connection was dead.',
      text: 'Nothing came back on it. The widget connects anew and asks for what it missed.',
    },
    closed: {
      title: 'The connection was lost.',
      text: 'What is shown stays. The widget connects anew and asks for what it missed.',
    },
    'no-credential': {
      title: 'This page gave no key.',
      text: 'It was asked for one and had none. What is shown stays, and the page is asked again.',
    },
    silence: {
      title: 'Nothing came for a long time.',
      text: 'So the widget connects anew and asks for what it missed. What is shown stays.',
    },
    'no-room': {
      title: 'Too much waits to be shown.',
      text: 'This page does not draw. The widget connects anew, and asks for the rest, when it does.',
    },
    lifecycle: {
      title: 'The connection is made anew.',
      text: 'What is shown stays. The widget asks for what it missed.',
    },
    unstable: {
      title: 'The connection keeps dropping.',
      text: 'The service takes it and drops it at once. What is shown stays, and the widget tries about once a minute.',
    },
    failed: {
      title: 'Stopped.',
      text: 'An event is too big for the service to send. What is shown stays; “Try now” starts again.',
    },
    well: { title: 'All is well.', text: 'Nothing is known to be wrong with the connection.' },
    ended: { title: 'The stream has ended.', text: 'The service closed this topic: nothing more will come.' },
    empty: { title: 'No activity yet today.', text: 'New calls appear here at once.' },
    'subscription-empty': {
      title: 'Nothing new.',
      text: 'On this subscription each event is shown once, and not again after a reload. New calls appear here, unless another reader on it has them.',
    },
    quiet: {
      title: 'Nothing yet.',
      text: 'Connected, and no event so far. If calls are happening, check region and agent id.',
    },
    'subscription-quiet': {
      title: 'Nothing yet.',
      text: 'Connected, and no event so far. If calls are happening, another reader on this subscription may have them; if there is none, check region and agent id.',
    },
  },
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
  storageOnMemory: 'No storage on this page: after a reload only new events are shown.',

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
