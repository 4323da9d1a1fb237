import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { simulate, topicsOf, type JsonObject } from '../../demo/server/simulation/index.js';
import { agents, queues } from '../../demo/server/simulation/roster.js';
import { HOUR_MS, MORNING, attached, body, day, interactionOf, isObject, text } from './support/day.js';

const ofType = (type: string): readonly JsonObject[] =>
  day()
    .filter((event) => event.type === type)
    .map(body);
const all = (): readonly JsonObject[] =>
  day()
    .map(interactionOf)
    .filter((members) => members !== undefined);

suite('shapes and quirks of the payloads', () => {
  test('every payload has one outer key, and its inner members in alphabetical order', () => {
    for (const event of day()) {
      const [key, ...others] = Object.keys(event.payload);
      assert.deepEqual(others, []);
      assert.equal(['Interaction', 'AgentStatusChange', 'AgentProvChange'].includes(key ?? ''), true);
      assert.deepEqual(Object.keys(body(event)), Object.keys(body(event)).sort());
    }
  });

  test('phone numbers are JSON numbers, and the formatted ones text with a plus sign', () => {
    const data = ofType('InteractionQueued')
      .filter((m) => m['mediaType'] === 'phone')
      .map(attached);
    for (const member of data) {
      assert.equal(typeof member.get('phoneNum'), 'number');
      assert.match(String(member.get('remotePhoneNum')), /^\+\d{11,12}$/);
    }
    assert.equal(
      ofType('InteractionCreated').some((m) => typeof m['inboundChannelid'] === 'number'),
      true,
    );
  });

  test('a caller without a name has a number for a name', () => {
    const names = ofType('InteractionCreated').map((members) => attached(members).get('callingName'));
    assert.equal(
      names.some((name) => typeof name === 'number'),
      true,
    );
    assert.equal(
      names.some((name) => typeof name === 'string'),
      true,
    );
  });

  test('some names carry markup, some other scripts', () => {
    const names = new Set(all().map((members) => attached(members).get('callingName')));
    for (const name of ["<b>Zoë</b> O'Neil", 'محمد الأحمد', '王小明']) assert.ok(names.has(name), name);
  });

  test('booleans come as booleans and as text, in both values', () => {
    const seen = new Set(ofType('InteractionAccepted').map((members) => members['isOutboundCall']));
    assert.deepEqual(new Set(['true', 'false', true, false]), seen);
    const holds = new Set(ofType('LineHoldStatus').map((members) => members['status']));
    assert.deepEqual(new Set(['true', 'false', true, false]), holds);
    assert.deepEqual(
      new Set(['pause', 'resume']),
      new Set(ofType('RecordingStatus').map((m) => m['status'])),
    );
  });

  test('the queue is named in both shapes of que, and beside it', () => {
    const shapes = { byId: 0, byName: 0 };
    for (const members of ofType('InteractionQueued')) {
      const que = String(attached(members).get('que'));
      const digits = que.split('~~').filter((part) => /^\d+$/.test(part));
      assert.equal(Number(digits.at(-1)), members['queueId'], que);
      assert.equal(
        queues.some(({ id }) => id === members['queueId']),
        true,
      );
      if (que.includes('~~queue~~')) shapes.byName += 1;
      else shapes.byId += 1;
    }
    assert.ok(shapes.byId > 100 && shapes.byName > 100, JSON.stringify(shapes));
  });

  test('members are missing where the public samples miss them', () => {
    const lacks = (type: string, ...keys: readonly string[]): void => {
      const found = ofType(type);
      assert.ok(found.length > 0, `${type} never occurs`);
      for (const members of found) for (const key of keys) assert.ok(!(key in members), `${type} has ${key}`);
    };
    lacks('InteractionEndPostProcess', 'mediaType', 'queueId', 'queueList');
    lacks('InteractionAssigned', 'interactionEventTS');
    lacks('InteractionRejected', 'queueId', 'mediaType');
    lacks('InteractionCreated', 'agentId', 'participatingAgents', 'mediaType');
    lacks('InteractionQueued', 'agentId', 'participatingAgents');
    lacks('InteractionDeleted', 'agentId');
    lacks('GuestChatEnd', 'callState');
    assert.equal(
      ofType('InteractionRejected').every((m) => typeof m['queueList'] === 'number'),
      true,
    );
  });

  test('msgInfo is empty now and then, and its sequence has gaps', () => {
    const infos = all().map(({ msgInfo }) => msgInfo);
    const empty = infos.filter((info) => isObject(info) && Object.keys(info).length === 0).length;
    assert.ok(empty > infos.length * 0.05 && empty < infos.length * 0.2, `${empty} of ${infos.length}`);
    const ids = infos.flatMap((info) =>
      isObject(info) && 'sequenceId' in info ? [Number(info['sequenceId'])] : [],
    );
    assert.equal(
      ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0)),
      true,
    );
    assert.equal(
      ids.some((id, index) => index > 0 && id - (ids[index - 1] ?? 0) > 1_000),
      true,
    );
  });

  test('every other msgInfo tells the time of the event', () => {
    for (const event of day()) {
      const info = body(event)['msgInfo'];
      if (isObject(info) && 'timestamp' in info) assert.equal(info['timestamp'], event.at, event.type);
      const seconds = interactionOf(event)?.['interactionEventTS'];
      if (seconds !== undefined) assert.equal(seconds, Math.floor(event.at / 1000), event.type);
    }
  });

  test('eventTS misleads: it repeats the time of entry into the queue', () => {
    const accepted = day().filter(({ type }) => type === 'InteractionAccepted');
    let later = 0;
    for (const event of accepted) {
      const { eventTS, queueTime } = body(event);
      assert.equal(eventTS, queueTime);
      if (typeof eventTS === 'number' && event.at / 1000 - eventTS > 5) later += 1;
    }
    assert.equal(later > 100, true);
  });

  test('chats end in CS_IDLE, calls in CS_DISCONNECTED', () => {
    for (const type of ['InteractionPostProcess', 'InteractionEndPostProcess', 'InteractionDeleted']) {
      for (const members of ofType(type)) {
        const isChat = text(members, 'interactionGUID').includes('-chat-');
        assert.equal(members['callState'], isChat ? 'CS_IDLE' : 'CS_DISCONNECTED', type);
      }
    }
  });

  test('an offer comes in three call states, an accepted outbound call in progress', () => {
    const offered = new Set(ofType('InteractionAssigned').map((members) => members['callState']));
    assert.deepEqual([...offered].sort(), ['CS_IDLE', 'CS_INPROGRESS', 'CS_QUEUED']);
    const accepted = new Set(ofType('InteractionAccepted').map((members) => members['callState']));
    assert.deepEqual([...accepted].sort(), ['CS_CONNECTED', 'CS_INPROGRESS']);
  });

  test('participating agents come by comma and by semicolon, plain and as GUIDs', () => {
    const values = all().map((members) => String(members['participatingAgents'] ?? ''));
    assert.equal(
      values.some((value) => /^ag\w{22},ag\w{22}$/.test(value)),
      true,
    );
    assert.equal(
      values.some((value) => /^ag\w{22};ag\w{22}$/.test(value)),
      true,
    );
    assert.equal(
      values.some((value) => /^acme-ag\w{22}-[\da-f-]{36};acme-ag\w{22}-[\da-f-]{36}$/.test(value)),
      true,
    );
  });

  test('interaction GUIDs open with their time of creation and end with the tenant', () => {
    for (const event of day()) {
      const members = interactionOf(event);
      if (event.type !== 'InteractionCreated' || members === undefined) continue;
      const parts = /^int-([\da-f]+)-\w{25}-(phone|chat)-0\d-acme$/.exec(text(members, 'interactionGUID'));
      assert.ok(parts !== null, text(members, 'interactionGUID'));
      assert.equal(Number.parseInt(parts[1] ?? '', 16), event.at - 10);
    }
  });

  test('SMS is told apart from chat by resourceType alone', () => {
    const chats = ofType('InteractionQueued').filter((members) => members['mediaType'] === 'chat');
    assert.deepEqual(new Set(chats.map((members) => members['resourceType'])), new Set([2, 3]));
  });

  test('outbound calls pass a queue sometimes, with direction out', () => {
    const directions = new Set(ofType('InteractionQueued').map((members) => members['direction']));
    assert.deepEqual([...directions].sort(), ['in', 'out']);
  });

  test('a change of skill names agent, queue and new state', () => {
    const changes = ofType('AgentProvChange');
    assert.deepEqual(
      new Set(changes.map((m) => m['event'])),
      new Set(['AgentSkillChanged', 'AgentSkillCreated']),
    );
    assert.deepEqual(new Set(changes.map((m) => m['enabled'])), new Set(['yes', 'no']));
    for (const members of changes)
      assert.match(text(members, 'skillId'), /^acme-ag\w{22}-(phone|chat)-\d+-[\da-f-]{36}$/);
  });

  test('what is published late always carries its own time', () => {
    const liveFrom = MORNING + 12 * HOUR_MS;
    const past = [...simulate({ seed: 7, from: MORNING, until: liveFrom, liveFrom })];
    assert.equal(past.length > 5_000, true);
    for (const event of past) {
      const members = body(event);
      const info = members['msgInfo'];
      const hasOwnTime = (isObject(info) && 'timestamp' in info) || 'interactionEventTS' in members;
      assert.ok(hasOwnTime, `${event.type} at ${event.at}`);
    }
  });

  test('the tenant is named throughout', () => {
    const events = [...simulate({ seed: 7, from: MORNING, until: MORNING + HOUR_MS, tenant: 'globex' })];
    const published = JSON.stringify(events);
    assert.equal(published.includes('-globex"') && !published.includes('acme'), true);
  });
});

suite('topics', () => {
  test('an event goes to all, to its type, and to the agent it names', () => {
    const [first] = agents;
    assert.ok(first !== undefined, 'the roster is empty');
    const topics = topicsOf({ type: 'InteractionAccepted', agentIds: [first.id] });
    assert.deepEqual(
      topics.map(({ namespace, name }) => `${namespace}/${name}`),
      ['event-v1/all', 'event-v1/InteractionAccepted', `agent-v1/${first.id}`],
    );
  });

  test('the agents of an event are those its payload names', () => {
    for (const event of day()) {
      const members = body(event);
      if (typeof members['agentId'] === 'string') assert.deepEqual(event.agentIds, [members['agentId']]);
      else {
        const named = agents.filter(({ id }) => String(members['participatingAgents'] ?? '').includes(id));
        assert.deepEqual([...event.agentIds].sort(), named.map(({ id }) => id).sort(), event.type);
      }
    }
  });

  test('Created and Queued go to no agent, handled interactions end on the topics of their agents', () => {
    const handled = new Set(ofType('InteractionAccepted').map((members) => members['interactionGUID']));
    for (const event of day()) {
      if (event.type === 'InteractionCreated' || event.type === 'InteractionQueued')
        assert.deepEqual(event.agentIds, []);
      if (event.type !== 'InteractionDeleted') continue;
      assert.equal(event.agentIds.length > 0, handled.has(body(event)['interactionGUID']));
    }
  });

  test('the type of a skill change is the outer key, as in the list of event types', () => {
    assert.equal(ofType('AgentProvChange').length > 0, true);
    assert.equal(ofType('AgentSkillChanged').length, 0);
  });
});
