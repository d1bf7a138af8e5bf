import { z } from 'zod';
import { SnakeCaseName } from '../../../../../lib/languages/contract/contract.ts';
import { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import { JobFailure } from '../jobs/job-run.ts';

/** Where an object is, from `s3://bucket/key`. */
export interface S3Address {
  bucket: string;
  key: string;
}

const S3Uri = z
  .string()
  .regex(/^s3:\/\/[^/]+\/./s, 'must be s3://bucket/key')
  .transform((uri): S3Address => {
    const slash = uri.indexOf('/', 's3://'.length);
    return { bucket: uri.slice('s3://'.length, slash), key: uri.slice(slash + 1) };
  });

const JsonText = z.string().transform((text, ctx) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    ctx.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

/**
 * - `write`: checks the file, and makes its rows the table's.
 * - `stage`: checks the file, and leaves its rows beside the table.
 * - `publish`: makes the rows that were staged the table's.
 * - `remove`: takes the file's rows away.
 */
const TransformMode = z.enum(['write', 'stage', 'publish', 'remove']);

/** Arguments of the transform job, as infra/jobs/transform.py takes them too. */
const Arguments = z.object({
  '--dataset': SnakeCaseName,
  '--source': S3Uri,
  '--source_version': z.string().min(1),
  '--sequencer': z.string().min(1),
  '--format': JsonText.pipe(FileFormat),
  '--contract': S3Uri,
  '--graph': z.union([z.literal(''), S3Uri]).default(''),
  '--database': z.string().min(1),
  '--processed': z.string().min(1),
  '--results': z.string().min(1),
  '--mode': TransformMode,
  '--execution': z.string().min(1),
});

export interface TransformArguments {
  dataset: string;
  /** The raw object. */
  source: S3Address;
  sourceVersion: string;
  sequencer: string;
  format: FileFormat;
  contract: S3Address;
  /** Absent for the default graph. */
  graph: S3Address | undefined;
  database: string;
  processedBucket: string;
  resultsBucket: string;
  mode: z.infer<typeof TransformMode>;
  execution: string;
}

/** The arguments that only the transform job has. */
export function isTransform(job: Record<string, string>): boolean {
  return '--dataset' in job && '--contract' in job && '--processed' in job;
}

export function parseTransformArguments(json: Record<string, string>): TransformArguments {
  const parsed = Arguments.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new JobFailure(`The job's arguments are not valid: ${problems.join('; ')}.`);
  }
  const { data } = parsed;
  return {
    dataset: data['--dataset'],
    source: data['--source'],
    sourceVersion: data['--source_version'],
    sequencer: data['--sequencer'],
    format: data['--format'],
    contract: data['--contract'],
    graph: data['--graph'] || undefined,
    database: data['--database'],
    processedBucket: data['--processed'],
    resultsBucket: data['--results'],
    mode: data['--mode'],
    execution: data['--execution'],
  };
}
