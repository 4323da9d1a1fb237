/**
 * WebSocket close codes in words. Every code is retried with back-off: Pulsar's own codes 1 to 8 never reach a browser
 * as such, and 1006 covers everything from a refused handshake to a pulled cable, so no code proves that trying again
 * is useless.
 */
export function closeCodeInWords(code: number): string {
  switch (code) {
    case 1000:
      return 'closed by the service';
    case 1001:
      return 'the service went away or found the connection idle';
    case 1005:
      return 'closed without a code';
    case 1006:
      return 'lost without a closing word';
    case 1009:
      return 'a message was too large for the connection';
    case 1011:
      return 'the service had an internal error';
    case 1012:
      return 'the service restarts';
    case 1013:
      return 'the service is overloaded';
    default:
      return `closed with code ${code}`;
  }
}
