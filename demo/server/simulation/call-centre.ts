/**
 * The simulated call centre: its desks, what waits, and the one place where events are made. Owns message numbers,
 * GUIDs, status messages and the outbox; refuses to own the course of interactions and shifts (the flows) and real time.
 */
import { Agenda, type Timer } from './agenda.js';
import { skillPayload, statusPayload, type SkillReport } from './agent-payload.js';
import { drawCaller, type Caller } from './callers.js';
import { statusCode, type Desk, type Presence } from './desk.js';
import { agentsNamed, interactionPayload, type InteractionReport } from './interaction-payload.js';
import type { Interaction, Origin } from './interaction.js';
import type { JsonObject } from './json.js';
import { Random } from './random.js';
import { agents, type Queue } from './roster.js';

/** One event of the simulation. */
export interface SimulatedEvent {
  /** The event's own time, ms since the epoch. */
  readonly at: number;
  /** The event type that names its topic, such as `InteractionQueued` or `AgentProvChange`. */
  readonly type: string;
  /** The agents whose topics carry it. */
  readonly agentIds: readonly string[];
  /** What is published, as JSON. */
  readonly payload: JsonObject;
}

/** What a simulation depends on. The same options give the same events. */
export interface CallCentreOptions {
  readonly tenant: string;
  readonly seed: number;
  /** How many times shorter every duration is. */
  readonly speed: number;
  /** ms since the epoch of the first log-in. */
  readonly from: number;
  /** From here on events are published as they happen; earlier ones are published late, so each of them must carry its own time. */
  readonly liveFrom: number;
}

/** The time a status message follows the event that caused it. */
const STATUS_DELAY_MS = 35;
const GUID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** What a flow says when it makes an interaction. */
export interface NewInteraction {
  /** The stream of chance, unique in the simulation. */
  readonly name: string;
  readonly line: Queue;
  readonly direction: 'in' | 'out';
  readonly isAgentInitiated?: boolean;
  readonly caller?: Caller;
  readonly origin?: Origin;
}

/** Shared state of the flows. */
export class CallCentre {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly tenant: string;
  readonly desks: readonly Desk[];
  readonly #waiting: Interaction[] = [];
  readonly #route: (centre: CallCentre) => void;
  readonly #liveFrom: number;
  readonly #numbers: Random;
  #outbox: SimulatedEvent[] = [];
  #sequenceId: number;
  #transactionNum: number;

  /**
   * @param route looks for matches of what waits with desks; handed in, since it leads on to every other flow
   */
  constructor(options: CallCentreOptions, route: (centre: CallCentre) => void) {
    this.#route = route;
    this.agenda = new Agenda(options.from, options.speed);
    this.random = new Random(String(options.seed));
    this.tenant = options.tenant;
    this.#liveFrom = options.liveFrom;
    this.#numbers = this.random.stream('numbers');
    this.#sequenceId = this.#numbers.whole(700_000_000, 800_000_000);
    this.#transactionNum = this.#numbers.whole(10_000, 900_000);
    this.desks = agents.map((agent) => ({
      agent,
      random: this.random.stream(`agent/${agent.id}`),
      wire: this.random.stream(`agent/${agent.id}/wire`),
      presence: { kind: 'loggedOut' },
      wanted: undefined,
      work: new Map(),
      acts: new Map(),
      comeback: undefined,
      restUntil: 0,
      idleSince: options.from,
      queuesOff: new Set(),
      told: undefined,
      toldEventTS: 0,
    }));
  }

  /** Plans an action after a duration of the model. */
  after(durationMs: number, action: () => void): Timer {
    return this.agenda.after(durationMs, action);
  }

  /** What waits to be offered, in order of arrival. */
  get waiting(): readonly Interaction[] {
    return this.#waiting;
  }

  /** Puts an interaction among those that wait, by the time it entered the queue. */
  awaitOffer(interaction: Interaction): void {
    interaction.phase = 'waiting';
    this.#waiting.push(interaction);
    this.#waiting.sort((left, right) => (left.queuedAt ?? 0) - (right.queuedAt ?? 0));
  }

  /** Takes an interaction off those that wait. */
  stopWaiting(interaction: Interaction): void {
    const index = this.#waiting.indexOf(interaction);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** Looks for matches after a duration of the model. */
  routeAfter(delayMs: number): void {
    this.after(delayMs, () => this.#route(this));
  }

  /** The events made since the last call, in the order of their time. */
  takeOutbox(): readonly SimulatedEvent[] {
    const taken = this.#outbox;
    this.#outbox = [];
    return taken;
  }

  /** Makes an interaction. It is told to nobody yet. */
  createInteraction({
    name,
    line,
    direction,
    isAgentInitiated = false,
    caller,
    origin,
  }: NewInteraction): Interaction {
    const random = this.random.stream(`interaction/${name}`);
    const wire = random.stream('wire');
    const isSms = line.media === 'chat' && random.chance(0.25);
    // The GUID opens with its creation time in hex, some 10 ms before the first message, as in 8x8's samples.
    const createdHex = (this.agenda.now - 10).toString(16);
    const unique = wire.text(GUID_ALPHABET, 25);
    this.#transactionNum += 1;
    return {
      guid: `int-${createdHex}-${unique}-${line.media}-0${wire.whole(0, 3)}-${this.tenant}`,
      media: line.media,
      resourceType: line.media === 'phone' ? 0 : isSms ? 3 : 2,
      direction,
      isAgentInitiated,
      caller: caller ?? drawCaller(random),
      transactionNum: this.#transactionNum,
      isRecorded: line.media === 'phone' && random.chance(0.6),
      origin,
      line,
      random,
      wire,
      phase: 'created',
      queue: undefined,
      queuedAt: undefined,
      participants: [],
      refusedUntil: new Map(),
      preferred: undefined,
      conclusion: undefined,
      timers: [],
    };
  }

  /** Tells an interaction event now. */
  report(report: InteractionReport): void {
    const { event, interaction } = report;
    const at = this.agenda.now;
    // `InteractionAssigned` has no time of its own but msgInfo's; published late without it, it would seem to happen now.
    const mayLackTime = event !== 'InteractionAssigned' || at >= this.#liveFrom;
    const msgInfo = this.#msgInfo(at, mayLackTime && interaction.wire.chance(0.1));
    const payload = interactionPayload(report, { tenant: this.tenant, at, msgInfo });
    this.#outbox.push({ at, type: event, agentIds: agentsNamed(report), payload });
  }

  /** Tells a change of a skill now. */
  reportSkill(report: Omit<SkillReport, 'tenant' | 'msgInfo'>): void {
    const at = this.agenda.now;
    const msgInfo = this.#msgInfo(at, at >= this.#liveFrom && report.desk.wire.chance(0.4));
    const payload = skillPayload({ ...report, tenant: this.tenant, msgInfo });
    this.#outbox.push({ at, type: 'AgentProvChange', agentIds: [report.desk.agent.id], payload });
  }

  /** Changes presence, and tells the status that follows. */
  setPresence(desk: Desk, presence: Presence): void {
    desk.presence = presence;
    desk.idleSince = this.agenda.now;
    this.tellStatus(desk);
  }

  /** Tells the status that follows from presence and work, if it is another one than last told. */
  tellStatus(desk: Desk): void {
    const code = statusCode(desk.presence, desk.work.values());
    const isAway = code === 3 || code === 5;
    const reason = isAway && 'reason' in desk.presence ? desk.presence.reason : undefined;
    if (desk.told?.code === code && desk.told.reason === reason) return;
    desk.told = { code, reason };
    this.after(STATUS_DELAY_MS, () => {
      const at = this.agenda.now;
      // 1 to 2.5 s earlier, as in 8x8's screenshot; a matter of its clocks, so speed does not shorten it.
      const lagMs = desk.wire.between(1000, 1500);
      const statusEventTS = Math.max(desk.toldEventTS, Math.floor((at - lagMs) / 1000));
      desk.toldEventTS = statusEventTS;
      const payload = statusPayload({ desk, code, reason, statusEventTS, msgInfo: this.#msgInfo(at, false) });
      this.#outbox.push({ at, type: 'AgentStatusChange', agentIds: [desk.agent.id], payload });
    });
  }

  /** `sequenceId` counts more than this tenant's messages, so it grows in leaps; `{}` is what many public samples show. */
  #msgInfo(timestamp: number, isEmpty: boolean): JsonObject {
    this.#sequenceId += this.#numbers.whole(1, 1700);
    return isEmpty ? {} : { instanceId: 'facade', sequenceId: this.#sequenceId, timestamp };
  }
}
