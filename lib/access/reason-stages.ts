import type { Explanation, ExplanationStep } from '@/lib/languages/iam-policy/explanation.ts';

/** The questions in the order in which AWS asks them. */
export const STAGES = ['denies', 'resource', 'identity', 'boundary', 'session'] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  name: StageName;
  /**
   * - `denied`: a statement denies, and nothing else can allow it.
   * - `missing`: nothing allows it here, and that denies it.
   * - `allowed`: a statement allows it here.
   * - `open`: nothing here decides, the next question does.
   * - `none`: there is no such policy.
   */
  verdict: 'denied' | 'missing' | 'allowed' | 'open' | 'none';
  /** Statements about the action, the one that applies first. */
  near: PlacedStep[];
  /** Statements about other actions: noise, mostly. */
  far: PlacedStep[];
}

/** A step, and its place among the steps of the explanation. */
export interface PlacedStep {
  step: ExplanationStep;
  place: number;
}

/** How far a statement is from being about the request. */
const DISTANCE = { applies: 0, condition: 1, resource: 2, principal: 3, action: 4 } as const;

/** Puts the statements under the questions that they answer. */
export function stagesOf(explanation: Explanation): Stage[] {
  const placed = explanation.steps.map((step, place) => ({ step, place }));
  return STAGES.map((name) => {
    const own = placed
      .filter(({ step }) =>
        name === 'denies' ? step.effect === 'Deny' : step.effect === 'Allow' && step.source === name,
      )
      .toSorted((a, b) => DISTANCE[a.step.outcome] - DISTANCE[b.step.outcome] || a.place - b.place);
    return {
      name,
      verdict: verdictOf(name, own, explanation),
      near: own.filter(({ step }) => step.outcome !== 'action'),
      far: own.filter(({ step }) => step.outcome === 'action'),
    };
  });
}

function verdictOf(
  name: StageName,
  steps: readonly PlacedStep[],
  { decision, steps: all }: Explanation,
): Stage['verdict'] {
  const { result, source } = decision;
  const isThere = name === 'denies' ? steps.length > 0 : all.some((step) => step.source === name);
  if (name === 'denies') return result === 'explicitDeny' ? 'denied' : isThere ? 'open' : 'none';
  if (result === 'implicitDeny' && source === name) return 'missing';
  if (!isThere) return 'none';
  return steps.some(({ step }) => step.outcome === 'applies' && !step.isLeftToAccount) ? 'allowed' : 'open';
}
