/**
 * The environment variables of the lake's functions: read by the handlers, set by the construct that deploys them.
 *
 * What the state machine hands each of them as payload:
 * - validate: `{ "event.$": "$", "execution.$": "$$.Execution.Name" }`; answers the verdict.
 * - redraft, quarantine, catalog and quality: `{ "verdict.$": "$", "execution.$": "$$.Execution.Name" }`, where `$` is that
 *   verdict, with the caught error of the transform job as `failure` if there is one. Redraft answers the next verdict,
 *   quarantine the final one. Quality has a `mode` too, and other callers (quality/payload.ts).
 */
import * as z from 'zod';
import type { ArnScope } from './rulesets.ts';

const S3Uri = z.string().regex(/^s3:\/\/[^/]+\/.+/);

/** What ARNs of this lake begin with; the region is Lambda's own variable. */
const scope = { PARTITION: z.string(), ACCOUNT: z.string(), AWS_REGION: z.string() };

export const ValidateEnvironment = z.object({
  ...scope,
  PROCESSED_BUCKET: z.string(),
  RESULTS_BUCKET: z.string(),
  DATABASE: z.string(),
  /** JSON: dataset → `s3://…` of the job graph that ships with the lake. A graph saved in the lake goes before it. */
  GRAPHS: z
    .string()
    .default('{}')
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), S3Uri)),
});
export type ValidateEnvironment = z.infer<typeof ValidateEnvironment>;

export const RedraftEnvironment = z.object({ PROCESSED_BUCKET: z.string() });
export type RedraftEnvironment = z.infer<typeof RedraftEnvironment>;

export const QuarantineEnvironment = z.object({
  QUARANTINE_BUCKET: z.string(),
  PROCESSED_BUCKET: z.string(),
  RESULTS_BUCKET: z.string(),
  STATE_MACHINE_ARN: z.string(),
});
export type QuarantineEnvironment = z.infer<typeof QuarantineEnvironment>;

export const CatalogEnvironment = z.object({
  PROCESSED_BUCKET: z.string(),
  RESULTS_BUCKET: z.string(),
  DATABASE: z.string(),
  /** Of the entries for rows that wait for their table's rules. */
  STAGED_DATABASE: z.string(),
  WORK_GROUP: z.string(),
});
export type CatalogEnvironment = z.infer<typeof CatalogEnvironment>;

export const QualityEnvironment = CatalogEnvironment.extend(scope);
export type QualityEnvironment = z.infer<typeof QualityEnvironment>;

export function scopeOf(environment: { PARTITION: string; ACCOUNT: string; AWS_REGION: string }): ArnScope {
  return { partition: environment.PARTITION, account: environment.ACCOUNT, region: environment.AWS_REGION };
}

export const ReportEnvironment = z.object({
  RESULTS_BUCKET: z.string(),
  QUARANTINE_BUCKET: z.string(),
  STATE_MACHINE_ARN: z.string(),
  DATABASE: z.string(),
  /** Of the PDF. */
  REPORT_LANGUAGE: z.enum(['en', 'fr']).default('en'),
});
export type ReportEnvironment = z.infer<typeof ReportEnvironment>;
