import * as z from 'zod';
import { StepPayload } from '../payload.ts';

/**
 * Who asks for an evaluation:
 * - the state machine, before a file's rows are in the table (`hold`) and after it (`watch`), or of what is computed from a
 *   table that was evaluated before (`computed`);
 * - a person, through the console;
 * - the schedule, for every table that has rules.
 */
export const QualityPayload = z.union([
  StepPayload.extend({ mode: z.enum(['hold', 'watch', 'computed']) }),
  z.object({ table: z.string().min(1), by: z.string().min(1) }),
  z.object({ schedule: z.literal(true) }),
]);
export type QualityPayload = z.infer<typeof QualityPayload>;

export type GatePayload = Extract<QualityPayload, { mode: string }>;
