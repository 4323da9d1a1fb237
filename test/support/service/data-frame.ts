/** Owns the frames that a reader or a consumer receives, as tests look at them. */

/** `{"messageId", "payload", ...}`: one message. */
export interface DataFrame {
  readonly messageId: string;
  /** Base64. */
  readonly payload: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly publishTime: string;
  readonly redeliveryCount: number;
  readonly eventTime?: string;
  readonly key?: string;
}

/** `{"endOfTopic": true|false}`: the answer to `isEndOfTopic`. */
export interface EndOfTopicFrame {
  readonly endOfTopic: boolean;
}

export type ServiceFrame = DataFrame | EndOfTopicFrame;

export function parseFrame(text: string): ServiceFrame {
  return JSON.parse(text) as ServiceFrame;
}

export function isDataFrame(frame: ServiceFrame): frame is DataFrame {
  return 'messageId' in frame;
}

/** The payload as text. */
export function textOf(frame: DataFrame): string {
  return Buffer.from(frame.payload, 'base64').toString('utf8');
}
