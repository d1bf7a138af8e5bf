import * as z from 'zod';
import { MediaFacts } from '../file-format/media-facts.ts';
import { GateOverride } from '../quality/evaluation.ts';
import { QualityAnswer } from '../quality/quality-answer.ts';
import { ContractStatus } from './contract.ts';
import { FileFormat } from './format.ts';
import { Problem } from './problem.ts';

/**
 * - `accepted`: a good file; its rows go to the table.
 * - `removed`: the file is gone; so go its rows.
 * - `file`: not a table (a PDF, an image); it is catalogued, or struck off where it is gone.
 * - `rejected`: breaks the contract, or cannot be read; it goes to the quarantine zone.
 * - `superseded`: this version is not what the key holds any more; the event of the newer one does the work.
 * - `ignored`: nothing to do (the deleted key exists again, a folder marker).
 */
const VerdictStatus = z.enum(['accepted', 'removed', 'file', 'rejected', 'superseded', 'ignored']);
export type VerdictStatus = z.infer<typeof VerdictStatus>;

/** One version of one raw object, as S3's event has it. */
export const FileSource = z.object({
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  /** Orders the events of one key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
  sequencer: z.string(),
  /** In bytes; 0 for a deletion. */
  size: z.number().int(),
});
export type FileSource = z.infer<typeof FileSource>;

export const Verdict = z.object({
  status: VerdictStatus,
  /** Empty only where the key names none (`rejected`, code `no-dataset`). */
  dataset: z.string(),
  /** The rest of the key after the dataset's folder. */
  file: z.string(),
  source: FileSource,
  /** `application/octet-stream` where nothing could be known. */
  format: FileFormat,
  /** What can be read of a file that is no table. */
  media: MediaFacts.optional(),
  /** In the processed zone. Always there when the status is `accepted` or `removed`. */
  contractKey: z.string().optional(),
  contractStatus: ContractStatus.optional(),
  /** How often the contract was drafted from this very file; absent where the file found a contract. */
  drafts: z.number().int().optional(),
  /** `s3://…` of the job's graph; empty for the default one. */
  graphUri: z.string(),
  /** Of an accepted file: whether its rows go to the table at once, or wait beside it for the table's rules. */
  mode: z.enum(['write', 'stage']).optional(),
  /** A person lets the file pass: its rows are not held, whatever the rules say. */
  override: GateOverride.optional(),
  /** What the table's rules say of the file; absent before they were asked. */
  quality: QualityAnswer.optional(),
  /** Why they could not be asked once the rows were in the table. */
  qualityFailure: z.object({ Error: z.string().optional(), Cause: z.string().optional() }).optional(),
  rowsChecked: z.number().int(),
  /** True when every row was checked, and not only those at the file's start. */
  complete: z.boolean(),
  problems: z.array(Problem),
  problemCount: z.number().int(),
  /** Where a rejected file went. */
  quarantined: z.object({ bucket: z.string(), key: z.string(), versionId: z.string().optional() }).optional(),
});
export type Verdict = z.infer<typeof Verdict>;

/** What the results zone keeps of the run that a file version caused. */
export const RunRecord = z.object({ execution: z.string(), verdict: Verdict });
export type RunRecord = z.infer<typeof RunRecord>;

/** Where the results zone keeps that record. */
export function runRecordKey(verdict: Pick<Verdict, 'dataset' | 'file' | 'source'>): string {
  return `runs/${verdict.dataset || '_'}/${verdict.file}/${verdict.source.versionId}.json`;
}
