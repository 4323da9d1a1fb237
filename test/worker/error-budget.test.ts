import { assert } from '@open-wc/testing';
import { widgetError } from '../../src/protocol/errors.js';
import { ErrorBudget, ERRORS_PER_SECOND, MAX_WAITING_ERRORS } from '../../src/worker/error-budget.js';

const error = (n: number): ReturnType<typeof widgetError> => widgetError('payload-not-json', `error ${n}`);

suite('The error budget', () => {
  test('admits ten a second and remembers the last of all', () => {
    const budget = new ErrorBudget();
    const admitted = Array.from({ length: 50 }, (_, n) => budget.admit(error(n), 5_000 + n)).filter(Boolean);
    assert.lengthOf(admitted, ERRORS_PER_SECOND);
    assert.equal(budget.last?.message, 'error 49');
    assert.deepEqual(
      budget.take(),
      Array.from({ length: ERRORS_PER_SECOND }, (_, n) => error(n)),
    );
  });

  test('starts anew with each second', () => {
    const budget = new ErrorBudget();
    for (let n = 0; n < 50; n++) budget.admit(error(n), 5_999);
    assert.isTrue(budget.admit(error(50), 6_000));
  });

  test('keeps no more than a hundred for a page that takes nothing up, and goes on when it does', () => {
    const budget = new ErrorBudget();
    for (let second = 0; second < 3_600; second++)
      for (let n = 0; n < 20; n++) budget.admit(error(n), second * 1_000);
    assert.lengthOf(budget.take(), MAX_WAITING_ERRORS);
    assert.isTrue(budget.admit(error(1), 3_600_000));
    assert.lengthOf(budget.take(), 1);
  });

  test('hands each error over once', () => {
    const budget = new ErrorBudget();
    budget.admit(error(1), 0);
    assert.lengthOf(budget.take(), 1);
    assert.isEmpty(budget.take());
  });
});
