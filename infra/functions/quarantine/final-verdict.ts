import { describeProblem } from '../../../lib/languages/contract/describe-problem.ts';
import { maxProblems } from '../../../lib/languages/contract/problem.ts';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { GateCause, type QualityAnswer } from '../../../lib/languages/quality/quality-answer.ts';
import { violationIn } from '../contract-violation.ts';
import type { StepPayload } from '../payload.ts';

// The cause of a Fail state. https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html
const causeLengthMax = 32_000;

/** The verdict on a rejected file: of the first look, of the job that saw all its rows, or of the table's rules. */
export function finalVerdict({ verdict: { failure, ...verdict } }: Pick<StepPayload, 'verdict'>): Verdict {
  if (verdict.status === 'rejected') return shorten(verdict);
  if (verdict.quality?.verdict === 'quarantined') {
    // The problems say what the cause says, and both would not fit.
    const quality = { ...verdict.quality, cause: '' };
    return shorten({ ...verdict, status: 'rejected', quality, ...brokenRules(verdict.quality) });
  }
  return shorten({ ...verdict, status: 'rejected', ...violationIn(failure?.Cause ?? '') });
}

function brokenRules({ cause }: QualityAnswer): Pick<Verdict, 'problems' | 'problemCount'> {
  const { rules, ruleCount } = GateCause.parse(JSON.parse(cause));
  const problems = rules.slice(0, maxProblems).map(({ rule, columns: [column] }) => {
    return describeProblem('rule-broken', { column, expected: rule });
  });
  return { problems, problemCount: ruleCount };
}

/** Leaves out the last problems until the verdict fits where the state machine will put it. */
function shorten(verdict: Verdict): Verdict {
  let problems = verdict.problems;
  while (problems.length > 1 && JSON.stringify({ ...verdict, problems }).length > causeLengthMax) {
    problems = problems.slice(0, -1);
  }
  return { ...verdict, problems };
}
