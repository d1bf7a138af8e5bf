import * as z from 'zod';
import { Verdict } from '../../lib/languages/contract/verdict.ts';

/** What the state machine hands to every step after the verdict. */
export const StepPayload = z.object({
  execution: z.string(),
  verdict: Verdict.extend({
    /** The error of the transform job, where it was caught. */
    failure: z.object({ Error: z.string().optional(), Cause: z.string().optional() }).optional(),
  }),
});
export type StepPayload = z.infer<typeof StepPayload>;
