import type { Fit, fits } from '../file-format/value-kind.ts';
import { impossible, mismatch, tooLarge } from '../file-format/value-kind.ts';
import type { ProblemCode } from './problem.ts';

/** The problem that each way of not fitting a type is. */
export const codeOfMisfit: Record<Exclude<Fit, typeof fits>, ProblemCode> = {
  [mismatch]: 'type-mismatch',
  [impossible]: 'date-impossible',
  [tooLarge]: 'number-out-of-range',
};
