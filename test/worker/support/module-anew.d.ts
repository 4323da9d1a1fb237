/** A module loaded a second time, in an environment that a test has changed. */
declare module '*/payload.ts?without-set-from-base64' {
  export const readPayload: unknown;
}
