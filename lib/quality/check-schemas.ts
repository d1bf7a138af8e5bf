import { z } from 'zod';
import type { EvaluationVerdict } from '@/lib/languages/quality/evaluation.ts';
import { TableName } from './dashboard/schemas';

export const CheckTable = z.object({ table: TableName });
export type CheckTable = z.input<typeof CheckTable>;

/** What the evaluation came to; no id where there is no such table. */
export interface CheckedTable {
  id: string;
  verdict: EvaluationVerdict;
  score: number | null;
}
