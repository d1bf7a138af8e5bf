import { describeProblem } from '../../lib/languages/contract/describe-problem.ts';
import { ContractViolation } from '../../lib/languages/contract/problem.ts';

const mark = 'ContractViolation:';

/** The cause of a failed job is the job run as JSON; its error message holds the violation, cut where it is too long. */
export function violationIn(cause: string): ContractViolation {
  const message = errorMessageIn(cause);
  const text = message.slice(message.indexOf(mark) + mark.length).trim();
  const violation = ContractViolation.safeParse(parseJson(text));
  if (violation.success) return violation.data;
  return { problems: [describeProblem('contract-violated', { found: text.slice(0, 500) })], problemCount: 1 };
}

function errorMessageIn(cause: string): string {
  const run = parseJson(cause);
  const message = typeof run === 'object' && run !== null && 'ErrorMessage' in run ? run.ErrorMessage : undefined;
  return typeof message === 'string' ? message : cause;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
