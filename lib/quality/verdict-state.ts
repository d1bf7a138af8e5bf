import type { EvaluationVerdict } from '@/lib/languages/quality/evaluation.ts';

/** The silhouette of a verdict. A warning's rows are in the table all the same; those of a held file are not. */
export const VERDICT_STATE = {
  passed: 'succeeded',
  warned: 'rejected',
  held: 'stopped',
  quarantined: 'stopped',
} as const satisfies Record<EvaluationVerdict, string>;
