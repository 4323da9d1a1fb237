/** What runs a broker: the shape that the Java process and the container share. */
export interface BrokerHost {
  /** Process id while a process of ours runs, else undefined (a container has none that is ours). */
  readonly pid: number | undefined;
  /** Starts the broker, or starts it again with the same data and ports. Settles before it is healthy. */
  start(): Promise<void>;
  /** Ends it as a crash would (SIGKILL). Settles when it is gone. */
  kill(): Promise<void>;
  /** Lets it end in its own way (SIGTERM), by force when that takes too long. Settles when it is gone. */
  stop(): Promise<void>;
  /** Why it will not become healthy any more, or undefined while it may. */
  failure(): string | undefined;
  /** Removes what only this run needed. Called once, when it is gone. */
  dispose(): void;
}
