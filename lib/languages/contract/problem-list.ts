import { describeProblem } from './describe-problem.ts';
import { maxProblems, type Problem, type ProblemCode, type ProblemFacts } from './problem.ts';

/** So many of one kind in one column are named that the others still have room. */
const maxAlike = 10;

/** Counts every problem, and keeps the first ones of each kind. */
export class ProblemList {
  readonly problems: Problem[] = [];
  count = 0;
  readonly #alike = new Map<string, number>();

  /** @param facts a function where making them costs something: it is called only for problems that are kept. */
  add(code: ProblemCode, facts: ProblemFacts | (() => ProblemFacts), column = ''): void {
    this.count++;
    if (this.problems.length >= maxProblems) return;
    const key = `${code} ${column}`;
    const alike = this.#alike.get(key) ?? 0;
    this.#alike.set(key, alike + 1);
    if (alike < maxAlike) this.problems.push(describeProblem(code, typeof facts === 'function' ? facts() : facts));
  }

  addAll(problems: Problem[]): void {
    this.count += problems.length;
    this.problems.push(...problems.slice(0, maxProblems - this.problems.length));
  }
}
