import { RuleError } from './rule-error.ts';
import type { Measure, StatementAnswer, Statements } from './statements.ts';

/** The answers to the statements, by what was measured. */
export class Readings {
  readonly #statements: Statements;
  readonly #answers: Record<string, StatementAnswer>;

  constructor(statements: Statements, answers: Record<string, StatementAnswer>) {
    this.#statements = statements;
    this.#answers = answers;
  }

  /** Undefined for NULL and for what is no finite number. */
  number(measure: Measure): number | undefined {
    const value = this.text(measure);
    const number = value === undefined ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : undefined;
  }

  count(measure: Measure): number {
    return this.number(measure) ?? 0;
  }

  text(measure: Measure): string | undefined {
    const { id, row, column } = this.#statements.locate(measure);
    const { rows } = this.#answer(id);
    const found = typeof row === 'number' ? rows[row] : rows.find((cells) => cells[0] === row);
    return found?.[column] ?? undefined;
  }

  rows(measure: Measure): (string | null)[][] {
    return this.#answer(this.#statements.locate(measure).id).rows;
  }

  #answer(id: string) {
    const answer = this.#answers[id];
    if (!answer) throw new RuleError('notMeasured', 'the statement that measures this was not run', { statement: id });
    if ('error' in answer)
      throw new RuleError('statementFailed', `the statement that measures this failed: ${answer.error}`, {
        reason: answer.error,
      });
    return answer;
  }
}
