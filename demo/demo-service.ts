/** What the demo's page needs to know of the service that it reads: served as `/service.json`. */
export interface DemoService {
  readonly kind: 'Built-in service' | 'Apache Pulsar';
  readonly endpoint: string;
  readonly tenant: string;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly queues: readonly { readonly id: string; readonly name: string }[];
  /** Text of break reasons, by `listId=itemId`: the stream has ids only. */
  readonly reasonCodes: Readonly<Record<string, string>>;
  /** Where faults are posted; a real broker has no such door. */
  readonly faultDoor: string | undefined;
}
