/**
 * Owns the HTTP side of `/_faults`: one POST to put a fault in force, one GET to see what happened. The vocabulary is in
 * `fault-command.ts`.
 */

import { FaultCommandError, parseFaultCommand, type FaultCommand } from './fault-command.js';
import type { FaultDesk } from './fault-desk.js';
import type { Reply } from './http-reply.js';
import type { Observation } from './observation.js';
import { parseTopicPath, topicPath } from './topic-name.js';

/** The two faults of the whole service; each takes effect after its answer has left. */
export interface ServiceFaults {
  restart(): void;
  refuseConnections(forMs: number): void;
}

export function answerFault(body: string, desk: FaultDesk, service: ServiceFaults): Reply {
  let command: FaultCommand;
  try {
    command = parseFaultCommand(body);
  } catch (error) {
    if (error instanceof FaultCommandError) {
      return { status: 400, body: { reason: error.message } };
    }
    throw error;
  }
  switch (command.fault) {
    case 'restart':
      service.restart();
      return done(command, 0);
    case 'refuse-connections':
      service.refuseConnections(command.forMs);
      return done(command, 0);
    case 'clear':
      desk.clear(command.topic);
      return done(command, 0);
    default:
      return done(command, desk.apply(command));
  }
}

export function answerState(query: URLSearchParams, observation: Observation): Reply {
  const text = query.get('topic');
  const name = text === null ? undefined : parseTopicPath(text);
  if (text !== null && name === undefined) {
    return { status: 400, body: { reason: '"topic" must be tenant/namespace/topic' } };
  }
  const topics = observation.state(name === undefined ? undefined : topicPath(name));
  return { status: 200, body: { topics } };
}

function done(command: FaultCommand, sessions: number): Reply {
  return { status: 200, body: { fault: command.fault, sessions } };
}
