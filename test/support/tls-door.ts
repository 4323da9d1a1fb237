/**
 * What is served in the clear, over TLS as well, for pages on https: `POST /__tls/new?of=ws://host:port/…`, or without
 * `of` for the pages of the run. The certificate is made for the run, and the browsers are told to take it.
 */
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { TestRunnerConfig } from '@web/test-runner';
import { generate } from 'selfsigned';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const DOOR = '/__tls/new';

/** The same in the clear and over TLS. */
const SECURE: Readonly<Record<string, string>> = { 'http:': 'https:', 'ws:': 'wss:' };

export class TlsDoor {
  readonly #servers: Server[] = [];
  /** Made for the first test that asks: most runs have none. */
  #certificate: ReturnType<typeof generate> | undefined;

  stop(): void {
    for (const server of this.#servers) server.close();
  }

  readonly middleware: Middleware = async (context, next) => {
    if (context.path !== DOOR) return next();
    const { of = context.origin } = context.query;
    context.body = await this.#open(new URL(String(of)));
  };

  async #open(url: URL): Promise<string> {
    this.#certificate ??= generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
    const { private: key, cert } = await this.#certificate;
    const target = { host: url.hostname, port: Number(url.port) };
    const server = createServer({ key, cert }, (secure) => {
      const plain = connect(target);
      // Whichever ends takes the other with it; why does not matter here.
      secure.on('error', () => undefined).on('close', () => plain.destroy());
      plain.on('error', () => undefined).on('close', () => secure.destroy());
      secure.pipe(plain).pipe(secure);
    });
    // A browser that takes no such certificate ends the handshake.
    server.on('tlsClientError', () => undefined);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const secure = new URL(url);
    secure.protocol = SECURE[url.protocol] ?? url.protocol;
    secure.hostname = 'localhost';
    secure.port = String((server.address() as AddressInfo).port);
    return secure.href;
  }
}
