/** English for what is the matter with the connection, the storage and the history: the three parts of each. */
import type { Messages } from './messages.js';
import type { Told } from './told.js';

const STAYS = 'What came so far stays.';
const GOES_ON = 'The widget goes on trying.';
const ANEW = 'The widget connects anew and asks for what it missed.';
const NEW_KEY = 'A new key is tried at once, this one every 5 minutes.';
const CANNOT_CONNECT = 'Can’t connect.';
const REFUSED = 'The service refuses access.';
const LOST = 'The connection was lost.';
const NOTHING_YET = 'Nothing yet.';
const NOTHING_CAME = 'Connected, and no event so far.';
const AT_ONCE = 'New events appear here at once.';

export const NOT_CONNECTED = 'Not connected';
const UNCONNECTED = `${NOT_CONNECTED}.`;

const told = (title: string, why: string, next: string, works = STAYS): Told => ({ title, why, works, next });

export const enTroubles: Messages['troubles'] = {
  idle: told(UNCONNECTED, 'Nothing is read now.', 'The widget begins when the page sets it up.'),
  disconnected: told(
    UNCONNECTED,
    'This page has ended the connection.',
    'Nothing new comes until “Connect”.',
  ),
  'no-worker': told(
    'The widget could not start its worker.',
    'Nothing is read now.',
    'The widget tries again by itself within minutes.',
  ),
  connecting: told(
    '',
    'No connection has come about yet.',
    'A try is given up after 45 s at the latest, and the next one follows by itself.',
  ),
  offline: told(
    'No network.',
    'This device is offline.',
    'The widget connects by itself when the network is back.',
  ),
  unreachable: told(
    'The service can’t be reached.',
    'It does not answer from this network. Most likely a VPN, proxy or firewall blocks it (8x8 uses port 443).',
    GOES_ON,
  ),
  'auth-suspected': told(
    REFUSED,
    'It is there, but a browser is not told why it refuses. Most likely, in this order: the key, the tenant name, the key’s permission, the topic or agent id.',
    NEW_KEY,
  ),
  'cannot-connect': told(
    CANNOT_CONNECT,
    'The browser hides the reason. Most likely: key or tenant name, wrong region, network blocks WebSockets.',
    GOES_ON,
  ),
  'subscription-held': told(
    CANNOT_CONNECT,
    'Another reader may hold this subscription. If none does: key or tenant name, wrong region, network blocks WebSockets.',
    GOES_ON,
  ),
  'subscription-lost': told(
    LOST,
    'It has not come back yet. The service may still count it as the reader of this subscription, for up to 5 minutes, or another reader may have taken its place.',
    GOES_ON,
  ),
  'subscription-refused': told(
    REFUSED,
    'Another reader may hold this subscription with another type. If none does: the key, the tenant name, the key’s permission, the topic or agent id.',
    NEW_KEY,
  ),
  policy: told(
    'This page does not allow the connection.',
    'Its security policy has to name the event service.',
    'Whoever runs the page adds this to its Content-Security-Policy:',
  ),
  'mixed-content': told(
    'An https page needs a wss: endpoint.',
    'Browsers let it open no ws: connection.',
    'Whoever runs the page changes its endpoint.',
  ),
  'connect-timeout': told(
    'The service does not answer.',
    'No answer came in time: a slow network, or a proxy that holds WebSockets back.',
    GOES_ON,
  ),
  'keepalive-timeout': told('The connection was dead.', 'Nothing came back on it.', ANEW),
  closed: told(LOST, '', ANEW),
  'no-credential': told(
    'This page gave no key.',
    'It was asked for one and had none.',
    'The page is asked again.',
  ),
  silence: told('Nothing came for a long time.', '', ANEW),
  'no-room': told(
    'Too much waits to be shown.',
    'This page does not draw.',
    'The widget connects anew, and asks for the rest, when it does.',
  ),
  lifecycle: told('The connection is made anew.', '', 'The widget asks for what it missed.'),
  unstable: told(
    'The connection keeps dropping.',
    'The service takes it and drops it at once.',
    'The widget tries about once a minute.',
  ),
  failed: told('Stopped.', 'An event is too big for the service to send.', '“Try now” starts again.'),
  ended: told(
    'The stream has ended.',
    'The service closed this topic: nothing more will come.',
    'If it is made anew, the widget goes on by itself.',
  ),
  quiet: told(NOTHING_YET, NOTHING_CAME, 'If calls are happening, check region and agent id.', AT_ONCE),
  'subscription-quiet': told(
    NOTHING_YET,
    NOTHING_CAME,
    'If calls are happening, another reader on this subscription may have them; if there is none, check region and agent id.',
    AT_ONCE,
  ),
};

export const enStorage = told(
  'No storage on this page.',
  'After a reload only new events are shown.',
  'Let the browser keep data here, then reload.',
  'All else goes on.',
);

/** After {@link Messages.noData} and the reason, when the row is opened. */
export const enLost: Messages['lostDetail'] = {
  works: 'What comes before and after it is not affected.',
  next: 'Calls of that time are in the contact centre’s reports.',
};
