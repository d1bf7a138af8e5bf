import type { EvaluationVerdict } from '@/lib/languages/quality/evaluation.ts';

/** The silhouette of a verdict: data that break a rule are rejected, whether their rows are in the table all the same or held. */
export const VERDICT_STATE = {
  passed: 'succeeded',
  warned: 'rejected',
  held: 'rejected',
  quarantined: 'rejected',
} as const satisfies Record<EvaluationVerdict, string>;
