/** Worry: would the soak notice? What it must call lost, doubled or unexplained, and what not. */
import { assert } from '@open-wc/testing';
import { judgeTab, type Phase, type Report } from './tab-record.js';

const PUBLISHED = ['a', 'b', 'c', 'd', 'e', 'f'];

const events = (ids: string, phase: Phase = 'live'): Report => ({
  kind: 'events',
  entries: ids.split('').map((id) => [id, phase] as const),
});
const GAP: Report = { kind: 'gap', gap: { kind: 'history-expired', from: undefined, to: undefined } };
const taken = (publishedBefore: number): Report => ({ kind: 'history-taken', publishedBefore });

const problemsOf = (...reports: readonly Report[]): string =>
  judgeTab(PUBLISHED, reports, 0, PUBLISHED.length)
    .problems.map((problem) => problem.split('; ')[0])
    .join('; ');

suite('the judge of the soak', () => {
  test('is content with everything once and in order, and with history that is shown again', () => {
    assert.equal(problemsOf(events('abc'), { kind: 'visit' }, events('abc', 'replayed'), events('def')), '');
  });

  test('notices what is lost in the middle, at the end, and out of order', () => {
    assert.equal(problemsOf(events('abdef')), 'lost: 1 before message 3');
    assert.equal(problemsOf(events('abcd')), 'lost at the end: 2');
    assert.include(problemsOf(events('abdcef')), 'out of order: message 2 after 3');
  });

  test('says what the tab had said before', () => {
    const { problems } = judgeTab(
      PUBLISHED,
      [events('ab'), { kind: 'visit' }, events('bdef', 'missed')],
      0,
      6,
    );
    assert.deepEqual(problems, [
      'twice: message 1 (missed); 0–1 live, visit, 1–5 missed',
      'lost: 1 before message 3; 0–1 live, visit, 1–5 missed',
    ]);
  });

  test('notices what comes twice, and what nobody published', () => {
    assert.equal(problemsOf(events('abcc'), events('def')), 'twice: message 2 (live)');
    assert.equal(problemsOf(events('abcxdef')), 'never published: x');
  });

  test('lets a tab that has crashed have again what it had shown last, and nothing else', () => {
    const crash: Report = { kind: 'crash' };
    assert.equal(
      problemsOf(events('abc'), crash, events('ab', 'replayed'), events('cde', 'missed'), events('f')),
      '',
    );
    assert.include(problemsOf(events('abc'), crash, events('c'), events('def')), 'twice: message 2 (live)');
    assert.include(problemsOf(events('abc'), crash, events('dcef', 'missed')), 'twice: message 2 (missed)');
    assert.include(problemsOf(events('abc'), crash, events('ef')), 'lost: 1');
    assert.equal(problemsOf(events('ab'), taken(4), crash, events('ab', 'replayed'), events('ef')), '');
    assert.include(problemsOf(events('ab'), taken(4), crash, events('cdf')), 'lost: 1');
  });

  test('takes a gap for what is missing only where history was taken or is gone, and only until newer events come', () => {
    assert.equal(problemsOf(events('ab'), taken(4), GAP, events('ef')), '');
    assert.equal(problemsOf(events('ab'), { ...GAP, isExplained: true }, events('ef')), '');
    assert.include(problemsOf(events('ab'), GAP, events('ef')), 'a gap that nothing explains');
    assert.include(problemsOf(events('ab'), taken(2), events('cd'), GAP, events('ef')), 'nothing explains');
    assert.include(problemsOf(events('ab'), taken(2), events('df')), 'lost: 1 before message 3');
  });

  test('does not ask a tab for what came before it', () => {
    const { problems, delivered } = judgeTab(PUBLISHED, [events('bc', 'replayed'), events('def')], 3, 6);
    assert.deepEqual([problems, delivered], [[], 5]);
  });
});
