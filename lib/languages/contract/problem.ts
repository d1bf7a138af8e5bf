import * as z from 'zod';

/**
 * Everything that can be wrong with a file. The list is closed, so that each has a sentence in every language of the
 * console, made from the same facts as the English one in describe-problem.ts.
 */
const problemCodes = [
  'no-dataset',
  'file-empty',
  'content-unexpected',
  'gzip-damaged',
  'parquet-damaged',
  'encoding-invalid',
  'delimiter-unknown',
  'header-missing',
  'header-only',
  'header-name-empty',
  'header-name-duplicate',
  'column-missing',
  'column-unexpected',
  'fields-too-few',
  'fields-too-many',
  'record-too-long',
  'quote-unclosed',
  'quote-misplaced',
  'value-required',
  'type-mismatch',
  'date-impossible',
  'number-out-of-range',
  'json-malformed',
  'json-not-records',
  'log-line-malformed',
  'contract-violated',
  'rule-broken',
] as const;

export const ProblemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** Where a problem is and what it is about; which of these are there depends on the code. */
export const ProblemFacts = z.object({
  /** Counts data rows from 1; the header is none. */
  row: z.number().int().optional(),
  /** The physical line from 1 where the row starts. A quoted value may hold line breaks, so this is not `row` + 1. */
  line: z.number().int().optional(),
  /** The character from 1 in that line (malformed JSON). */
  position: z.number().int().optional(),
  /** A column's name as the file, or where it lacks there the contract, has it. */
  column: z.string().optional(),
  /** What stands in the file, cut to 100 characters. */
  value: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
});
export type ProblemFacts = z.infer<typeof ProblemFacts>;

export const Problem = ProblemFacts.extend({
  code: ProblemCode,
  /** One English sentence or two: what is wrong, where, and what to do. */
  message: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** A verdict names this many problems at most, and counts the rest. */
export const maxProblems = 50;

/** What a transform job says, after `ContractViolation: `, when it finds rows that break the contract. */
export const ContractViolation = z.object({
  problems: z.array(Problem).max(maxProblems),
  problemCount: z.number().int(),
});
export type ContractViolation = z.infer<typeof ContractViolation>;
