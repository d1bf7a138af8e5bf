import type { EvaluationVerdict } from '@/lib/languages/quality/evaluation.ts';

/** The silhouette of a verdict, as a run has it. */
export const VERDICT_STATE = {
  passed: 'succeeded',
  warned: 'rejected',
  held: 'held',
  quarantined: 'rejected',
} as const satisfies Record<EvaluationVerdict, string>;
