import { describeProblem } from '../../../../../../lib/languages/contract/describe-problem.ts';
import type { ContractViolation, Problem, ProblemCode } from '../../../../../../lib/languages/contract/problem.ts';
import { ProblemList } from '../../../../../../lib/languages/contract/problem-list.ts';

/** After these there is no telling where the next record starts. */
const breaking: ProblemCode[] = [
  'record-too-long',
  'quote-unclosed',
  'quote-misplaced',
  'json-malformed',
  'json-not-records',
];

/** Adds up the problems of a file's pieces, each of which counts rows and lines from its own start. */
export class ProblemSum {
  readonly #list = new ProblemList();
  #count = 0;
  #isBroken = false;

  get count(): number {
    return this.#count;
  }

  /** True when reading on makes no sense. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  add(problem: Problem): void {
    this.#count++;
    this.#list.addAll([problem]);
  }

  /** `rows` and `lines` are what the file has before the piece. */
  addPiece(piece: ProblemList, rows: number, lines: number): void {
    this.#count += piece.count;
    this.#isBroken ||= piece.problems.some(({ code }) => breaking.includes(code));
    for (const { code, message: _message, ...facts } of piece.problems) {
      const place = {
        ...(facts.row === undefined ? {} : { row: facts.row + rows }),
        ...(facts.line === undefined ? {} : { line: facts.line + lines }),
      };
      const moved = describeProblem(code, { ...facts, ...place });
      this.#list.add(moved.code, moved, moved.column);
    }
  }

  get violation(): ContractViolation {
    return { problems: this.#list.problems, problemCount: this.#count };
  }
}
