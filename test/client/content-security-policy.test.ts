/** The start routine under policies that strict hosts set. The frame's `meta` policy is enforced as a header's is. */
import { assert } from '@open-wc/testing';
import type { FailedRoute, WorkerRoute } from '../../src/protocol/diagnostics.js';
import { within } from './support/wait.js';

interface Run {
  readonly route: WorkerRoute | undefined;
  readonly failed: readonly FailedRoute[];
  readonly isAnswered: boolean;
  readonly tookMs: number;
}

interface Report {
  readonly runs: readonly Run[];
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

const FRAME_SCRIPT = new URL('./support/policy-frame.ts', import.meta.url).pathname;
const WORKER_FILE = new URL('./support/worker-file.js', import.meta.url).pathname;

/** Written out: Firefox does not take `'self'` in a frame written by `srcdoc` for the origin of its page. */
const SELF = location.origin;
const STRICT = `script-src ${SELF}; worker-src ${SELF}`;
const TRUSTED = "require-trusted-types-for 'script'";

/** A policy that cannot be enforced must not make its test pass. */
const HAS_TRUSTED_TYPES = 'trustedTypes' in globalThis;

suite('content security policy', () => {
  let frame: HTMLIFrameElement | undefined;

  teardown(() => frame?.remove());

  function underPolicy(policy: string, more: { workerUrl?: string; copies?: number } = {}): Promise<Report> {
    const page = document.createElement('iframe');
    frame = page;
    const report = new Promise<Report>((resolve) => {
      addEventListener('message', function onMessage({ source, data }) {
        if (source !== page.contentWindow) return;
        removeEventListener('message', onMessage);
        resolve((data as { policyFrame: Report }).policyFrame);
      });
    });
    const workerUrl = more.workerUrl === undefined ? '' : ` data-worker-url="${more.workerUrl}"`;
    page.srcdoc = `<!doctype html><html${workerUrl} data-copies="${more.copies ?? 1}"><head>
      <meta http-equiv="Content-Security-Policy" content="${policy}">
      <script type="module" src="${FRAME_SCRIPT}"></script></head></html>`;
    document.body.append(page);
    return within('the report of the frame', report);
  }

  function theRun({ runs }: Report): Run {
    const [run] = runs;
    assert.isDefined(run);
    return run as Run;
  }

  test('a page that forbids blobs gets the in-page route within a second, and no error event', async () => {
    const report = await underPolicy(STRICT);
    const run = theRun(report);
    assert.equal(run.route, 'page');
    assert.deepEqual(
      run.failed.map(({ route }) => route),
      ['inline'],
    );
    assert.isTrue(run.isAnswered);
    assert.isBelow(run.tookMs, 1000);
    assert.deepEqual(report.violations, ['worker-src']);
    assert.deepEqual(report.errors, []);
  });

  test('a page that forbids blobs but gives worker-url gets a worker from that file', async () => {
    const report = await underPolicy(STRICT, { workerUrl: WORKER_FILE });
    const run = theRun(report);
    assert.equal(run.route, 'url');
    assert.deepEqual(report.violations, [], 'no blob was tried');
    assert.isTrue(run.isAnswered);
    assert.isBelow(run.tookMs, 1000);
  });

  test('a page that allows no worker at all gets the in-page route', async () => {
    const run = theRun(
      await underPolicy(`script-src ${SELF}; worker-src 'none'`, { workerUrl: WORKER_FILE }),
    );
    assert.equal(run.route, 'page');
    assert.deepEqual(
      run.failed.map(({ route }) => route),
      ['url', 'inline'],
    );
    assert.isTrue(run.isAnswered);
  });

  test('a page that allows blobs gets the inline worker', async () => {
    const run = theRun(await underPolicy(`script-src ${SELF}; worker-src blob:`));
    assert.equal(run.route, 'inline');
  });

  test('the engine enforces Trusted Types', () => {
    assert.isTrue(HAS_TRUSTED_TYPES);
  });

  test('under enforced Trusted Types the inline worker starts through the policy', async () => {
    const report = await underPolicy(`${TRUSTED}; trusted-types lit-html x8-widgets`);
    assert.equal(theRun(report).route, 'inline');
    assert.deepEqual(report.violations, []);
  });

  test('under enforced Trusted Types a worker from a file starts through the policy', async () => {
    const run = theRun(await underPolicy(`${STRICT}; ${TRUSTED}`, { workerUrl: WORKER_FILE }));
    assert.equal(run.route, 'url');
  });

  test('a page whose policy list leaves x8-widgets out gets the in-page route and the reason', async () => {
    const run = theRun(await underPolicy(`${TRUSTED}; trusted-types lit-html`));
    assert.equal(run.route, 'page');
    assert.include(run.failed[0]?.reason, 'x8-widgets');
    assert.isTrue(run.isAnswered);
  });

  test('a second copy of the script, refused the same policy name, runs in the page', async () => {
    const { runs } = await underPolicy(`${TRUSTED}; trusted-types lit-html x8-widgets`, { copies: 2 });
    assert.deepEqual(
      runs.map(({ route }) => route),
      ['inline', 'page'],
    );
    assert.isTrue(runs.every(({ isAnswered }) => isAnswered));
  });
});
