import { describeProblem } from '../../../lib/languages/contract/describe-problem.ts';
import { ContractViolation } from '../../../lib/languages/contract/problem.ts';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import type { StepPayload } from '../payload.ts';

// The cause of a Fail state. https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html
const causeLengthMax = 32_000;

const mark = 'ContractViolation:';

/** The verdict on a rejected file: that of the first look, or what the transform job found in all its rows. */
export function finalVerdict({ verdict: { failure, ...verdict } }: Pick<StepPayload, 'verdict'>): Verdict {
  if (verdict.status === 'rejected') return shorten(verdict);
  return shorten({ ...verdict, status: 'rejected', ...violationIn(failure?.Cause ?? '') });
}

/** The cause of a failed job is the job run as JSON; its error message holds the violation, cut where it is too long. */
function violationIn(cause: string): ContractViolation {
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

/** Leaves out the last problems until the verdict fits where the state machine will put it. */
function shorten(verdict: Verdict): Verdict {
  let problems = verdict.problems;
  while (problems.length > 1 && JSON.stringify({ ...verdict, problems }).length > causeLengthMax) {
    problems = problems.slice(0, -1);
  }
  return { ...verdict, problems };
}
