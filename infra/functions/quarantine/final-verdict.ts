import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { violationIn } from '../contract-violation.ts';
import type { StepPayload } from '../payload.ts';

// The cause of a Fail state. https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html
const causeLengthMax = 32_000;

/** The verdict on a rejected file: that of the first look, or what the transform job found in all its rows. */
export function finalVerdict({ verdict: { failure, ...verdict } }: Pick<StepPayload, 'verdict'>): Verdict {
  if (verdict.status === 'rejected') return shorten(verdict);
  return shorten({ ...verdict, status: 'rejected', ...violationIn(failure?.Cause ?? '') });
}

/** Leaves out the last problems until the verdict fits where the state machine will put it. */
function shorten(verdict: Verdict): Verdict {
  let problems = verdict.problems;
  while (problems.length > 1 && JSON.stringify({ ...verdict, problems }).length > causeLengthMax) {
    problems = problems.slice(0, -1);
  }
  return { ...verdict, problems };
}
