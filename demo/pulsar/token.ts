/** Owns the making of tokens for a broker with token authentication: JSON Web Tokens signed with HS256 (RFC 7519). */
import { createHmac } from 'node:crypto';

/**
 * A token that names `subject` as its role. The broker demands at least 256 bits for an HS256 secret, so a
 * shorter one is refused here, where the mistake was made.
 */
export function signToken(secret: string, subject: string): string {
  if (Buffer.byteLength(secret) < 32) throw new RangeError('A token secret needs at least 32 bytes.');
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256' })}.${part({ sub: subject })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
