/** Owns the addresses of the WebSocket API. Everything but the raw query is percent-encoded here. */

export type QueryValues = Readonly<Record<string, string | number | boolean>>;

export type Endpoint =
  | { readonly kind: 'reader'; readonly topic: string }
  | { readonly kind: 'producer'; readonly topic: string }
  | { readonly kind: 'consumer'; readonly topic: string; readonly subscription: string };

/**
 * Address of an endpoint. A topic is `tenant/namespace/topic`.
 *
 * @param rawQuery appended as it stands, for tests of the encoding itself
 */
export function endpointUrl(base: string, endpoint: Endpoint, query: QueryValues, rawQuery = ''): string {
  const path = endpoint.topic.split('/').map(encodeURIComponent).join('/');
  const subscription = endpoint.kind === 'consumer' ? `/${encodeURIComponent(endpoint.subscription)}` : '';
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const search = [...pairs, rawQuery].filter((part) => part !== '').join('&');
  return `${base}/${endpoint.kind}/persistent/${path}${subscription}${search === '' ? '' : `?${search}`}`;
}
