/** Worry: would the soak notice? What it must call lost, doubled or unexplained, and what not. */
import { assert } from '@open-wc/testing';
import { judgeTab, type Phase, type Report } from './tab-record.js';

const PUBLISHED = ['a', 'b', 'c', 'd', 'e', 'f'];

const events = (ids: string, phase: Phase = 'live'): Report => ({
  kind: 'events',
  entries: ids.split('').map((id) => [id, phase] as const),
});
const GAP: Report = { kind: 'gap', gap: { kind: 'history-expired', from: undefined, to: undefined } };
const NAMELESS: Report = { kind: 'error', code: 'frame-not-json' };
const taken = (publishedBefore: number): Report => ({ kind: 'history-taken', publishedBefore });

const problemsOf = (...reports: readonly Report[]): string =>
  judgeTab(PUBLISHED, reports, 0, PUBLISHED.length).problems.join('; ');

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
    const reports = [events('ab'), { kind: 'visit' }, events('bdef', 'missed')] as const;
    const { problems, trails } = judgeTab(PUBLISHED, reports, 0, 6);
    assert.deepEqual(problems, ['twice: message 1 (missed)', 'lost: 1 before message 3']);
    assert.deepEqual(
      trails,
      Array.from({ length: 2 }, () => '0–1 live, visit, 1–5 missed'),
    );
  });

  test('says what came before a window that was read again in many pieces', () => {
    const window = Array.from({ length: 20 }, () => events('ab', 'replayed'));
    const reports = [events('abc'), { kind: 'visit' }, ...window, events('c', 'missed')] as const;
    const { trails } = judgeTab(PUBLISHED, reports, 0, 3);
    assert.deepEqual(trails, ['0–2 live, visit, 0–1 replayed, 2–2 missed']);
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

  test('takes a gap within a window that another worker reads again only where history was taken or is gone', () => {
    const again: readonly Report[] = [events('abcd'), events('ab', 'replayed')];
    assert.equal(problemsOf(...again, taken(5), GAP, events('f', 'missed')), '');
    assert.equal(problemsOf(...again, { ...GAP, isExplained: true }, events('f', 'missed')), '');
    assert.equal(
      problemsOf(...again, GAP, events('f', 'missed')),
      'a gap that nothing explains: {"kind":"history-expired"}',
    );
  });

  test('takes an error for a message that arrived spoilt, and for no other', () => {
    const named = { kind: 'error', code: 'payload-not-json', messageId: 'c' } as const;
    const judge = (error: Report | undefined, how: 'named' | 'nameless'): string => {
      const spoilt = { named: new Set<string>(), nameless: new Set<string>(), [how]: new Set(['c']) };
      const reports = [events('ab'), ...(error === undefined ? [] : [error]), events('def')];
      return judgeTab(PUBLISHED, reports, 0, PUBLISHED.length, spoilt).problems.join('; ');
    };
    assert.equal(judge(named, 'named'), '');
    assert.equal(judge(NAMELESS, 'nameless'), '');
    assert.equal(judge(undefined, 'named'), 'lost: 1 before message 3');
    assert.equal(judge(undefined, 'nameless'), 'lost: 1 before message 3');
    assert.equal(judge(NAMELESS, 'named'), 'lost: 1 before message 3');
    assert.equal(problemsOf(events('ab'), named, events('def')), 'lost: 1 before message 3');
  });

  test('lets a message that arrived spoilt come whole as history, and not otherwise', () => {
    const error = { kind: 'error', code: 'payload-not-json', messageId: 'b' } as const;
    const spoilt = { named: new Set(['b']), nameless: new Set<string>() };
    const judge = (...again: readonly Report[]): string =>
      judgeTab(
        PUBLISHED,
        [events('a'), error, events('c'), ...again, events('def')],
        0,
        6,
        spoilt,
      ).problems.join();
    assert.equal(judge(events('abc', 'replayed')), '');
    // Not what the tab had shown last: that may come again after it.
    assert.equal(judge({ kind: 'crash' }, events('ab', 'replayed'), events('c', 'missed')), '');
    assert.include(judge(events('b', 'missed')), 'out of order: message 1 after 2');
  });

  test('takes one error without a name for one message, not for two', () => {
    const spoilt = { named: new Set<string>(), nameless: new Set(['c', 'd']) };
    const { problems } = judgeTab(PUBLISHED, [events('ab'), NAMELESS, events('ef')], 0, 6, spoilt);
    assert.deepEqual(problems, ['lost: 1 before message 4']);
  });

  test('takes an error without a name for a message beside it, and for none that comes later', () => {
    const spoilt = { named: new Set<string>(), nameless: new Set(['e']) };
    const judge = (...reports: readonly Report[]): string =>
      judgeTab(PUBLISHED, reports, 0, 6, spoilt).problems.join('; ');
    assert.equal(judge(events('ab'), NAMELESS, events('cd'), events('f')), '');
    assert.equal(judge(events('abc'), NAMELESS, events('df')), '');
    // An update says its errors after its gaps, and before those the events that came first.
    assert.equal(judge(events('ab'), events('cdf'), { ...GAP, isExplained: true }, NAMELESS), '');
    const late = judge(events('a'), NAMELESS, events('b'), events('cd'), events('f'));
    assert.equal(late, 'lost: 1 before message 5');
    assert.equal(judge(events('abcd'), events('f'), NAMELESS), 'lost: 1 before message 5');
  });

  test('takes no error for what a gap stands for, so that it is there for what it was said of', () => {
    const spoilt = { named: new Set<string>(), nameless: new Set(['b', 'e']) };
    const reports = [events('a'), taken(2), GAP, events('cd'), NAMELESS, events('f')];
    assert.deepEqual(judgeTab(PUBLISHED, reports, 0, 6, spoilt).problems, []);
  });

  test('excuses a second gap without a place where nothing has come since the first', () => {
    const again: Report = { kind: 'gap', gap: { kind: 'no-cursor', from: undefined, to: undefined } };
    assert.equal(problemsOf(events('ab'), taken(4), GAP, { kind: 'visit' }, again, events('ef')), '');
    assert.include(
      problemsOf(events('ab'), taken(4), GAP, events('e'), again, events('f')),
      'nothing explains',
    );
  });

  test('excuses a gap after a message whose name nobody could read when it came as the proof', () => {
    const gap: Report = {
      kind: 'gap',
      gap: { kind: 'history-expired', from: { messageId: 'b', publishTime: 0 }, to: undefined },
    };
    const spoilt = { named: new Set<string>(), nameless: new Set(['b']) };
    const reports = [events('ab'), gap, events('cdef')];
    assert.deepEqual(judgeTab(PUBLISHED, reports, 0, 6, spoilt).problems, []);
    assert.include(judgeTab(PUBLISHED, reports, 0, 6).problems.join(), 'a gap that nothing explains');
  });

  test('does not ask a tab for what came before it', () => {
    const { problems, delivered } = judgeTab(PUBLISHED, [events('bc', 'replayed'), events('def')], 3, 6);
    assert.deepEqual([problems, delivered], [[], 5]);
  });
});
