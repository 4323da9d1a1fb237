/** A connection with a host that writes down what it is told, on a platform that moves when told. */
import { assert } from '@open-wc/testing';
import { Connection, type ConnectionHost } from '../../../src/worker/connection.js';
import type { Dial } from '../../../src/worker/dial.js';
import {
  virtualPlatform,
  type FakeSocket,
  type PlatformParts,
  type VirtualPlatform,
} from './virtual-platform.js';

export const ASK = '{"type":"isEndOfTopic"}';
export const DATA = '{"messageId":"CAMQADAA","payload":""}';

export interface Shell {
  readonly connection: Connection;
  readonly platform: VirtualPlatform;
  readonly calls: string[];
  /** How the next dials look. */
  dial: Dial;
  heldBackUntil: number;
  socket(): FakeSocket;
}

export function shell(parts: PlatformParts = {}): Shell {
  const platform = virtualPlatform(parts);
  const calls: string[] = [];
  const host: ConnectionHost = {
    dial: (carriesPosition) => {
      calls.push(`dial ${carriesPosition ? 'with' : 'without'}`);
      return { ...made.dial, hasPosition: made.dial.hasPosition && carriesPosition };
    },
    openSocket: (dial) => platform.openSocket(dial.url),
    credential: (then) => void then(true),
    refused: () => undefined,
    begin: () => calls.push('begin'),
    heldBackUntil: () => made.heldBackUntil,
    canGoOn: () => true,
    frame: (data) => {
      calls.push(`frame ${String(data)}`);
      return data === DATA ? 'news' : 'nothing';
    },
    positionUnknown: () => calls.push('position-unknown'),
    positionRefused: () => calls.push('position-refused'),
    caughtUp: () => calls.push('caught-up'),
    slept: () => calls.push('slept'),
    changed: () => undefined,
  };
  const connection = new Connection(platform, host);
  const made: Shell = {
    connection,
    platform,
    calls,
    dial: {
      url: 'wss://relay.example/r?messageId=latest',
      after: 'latest',
      mayFollow: true,
      hasPosition: false,
      mustProve: false,
      isAtLatest: true,
    },
    heldBackUntil: -Infinity,
    socket: () => {
      const socket = platform.sockets.at(-1);
      if (socket === undefined) throw new Error('nothing was dialed');
      return socket;
    },
  };
  return made;
}

export function started(parts: PlatformParts = {}): Shell {
  const made = shell(parts);
  made.connection.dispatch({ kind: 'start', now: made.platform.now() });
  return made;
}

export function live(): Shell {
  const made = started();
  made.socket().open();
  assert.equal(made.connection.status.kind, 'live');
  return made;
}

export function answer({ connection, platform }: Shell): void {
  connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: false });
}

export const proving: Dial = {
  url: 'wss://relay.example/r?messageId=x',
  after: 'x',
  mayFollow: true,
  hasPosition: true,
  mustProve: true,
  isAtLatest: false,
};
