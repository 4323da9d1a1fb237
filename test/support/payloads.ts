/** Payloads in 8x8's shapes (its event reference), as few fields as a test needs. */

type Payload = Readonly<Record<string, unknown>>;

/** A chat that is created, one event per call: small, and each has a GUID of its own. */
export function created(index: number, at = Date.now()): Payload {
  return {
    Interaction: {
      event: 'InteractionCreated',
      interactionGUID: `int-${at.toString(16)}-${index}-chat-01-acme`,
      mediaType: 'chat',
      resourceType: 2,
      direction: 'in',
      msgInfo: { timestamp: at },
    },
  };
}

/** `attachedData` as 8x8 writes it. */
export function attached(data: Payload): Payload {
  const attachedDatum = Object.entries(data).map(([attachedDataKey, attachedDataValue]) => ({
    attachedDataKey,
    attachedDataValue,
  }));
  return { attachedData: { attachedDatum } };
}

export function interaction(event: string, guid: string, fields: Payload = {}): Payload {
  return { Interaction: { event, interactionGUID: guid, msgInfo: { timestamp: Date.now() }, ...fields } };
}

export function status(newState: number, fields: Payload = {}): Payload {
  return {
    AgentStatusChange: {
      agentId: 'agTest0000000000000001',
      newState,
      statusEventTS: Math.floor(Date.now() / 1000),
      msgInfo: { timestamp: Date.now() },
      ...fields,
    },
  };
}
