import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import { type Contract, contractKey } from '../../../lib/languages/contract/contract.ts';
import { describeProblem } from '../../../lib/languages/contract/describe-problem.ts';
import { type Inspection, inspectFile } from '../../../lib/languages/contract/inspect-file.ts';
import { splitRawKey } from '../../../lib/languages/contract/snake-case.ts';
import type { FileSource, Verdict } from '../../../lib/languages/contract/verdict.ts';
import { decodeText } from '../../../lib/languages/file-format/decode-text.ts';
import type { MediaFacts } from '../../../lib/languages/file-format/media-facts.ts';
import { findSignature } from '../../../lib/languages/file-format/media-type.ts';
import { readMediaFacts } from '../../../lib/languages/file-format/read-media-facts.ts';
import { headBytes, isParquet } from '../../../lib/languages/file-format/sniff.ts';
import type { GateOverride } from '../../../lib/languages/quality/evaluation.ts';
import { scopeOf, type ValidateEnvironment } from '../environment.ts';
import { gatesOfTable } from '../rulesets.ts';
import { findContract, findGraph, keepFirstContract } from './dataset-documents.ts';
import { hasObject, readHead, readTail } from './read-head.ts';
import { type S3Event, sourceOf } from './s3-event.ts';

interface Dependencies {
  s3: S3Client;
  glue: GlueClient;
  environment: ValidateEnvironment;
}

/**
 * What is looked at where there is a contract: the job checks every row anyway, and most bad files are bad at once.
 * Where there is none, the whole head (`headBytes`) is what the contract is drafted from.
 */
const checkedBytes = 1024 * 1024;

interface Place {
  dataset: string;
  file: string;
  source: FileSource;
  override?: GateOverride | undefined;
}

/** Judges one event of the raw zone: what came or went, and what is to be done. */
export async function validate(event: S3Event, dependencies: Dependencies): Promise<Verdict> {
  const source = sourceOf(event);
  const split = splitRawKey(source.key);
  // The consoles of S3 make an empty object to show a folder.
  if (source.key.endsWith('/') && source.size === 0)
    return verdictOf({ dataset: '', file: '', ...split, source }, 'ignored');
  if (!split) return rejectUnplaced(source);
  const place = { ...split, source, override: event.override };
  return event['detail-type'] === 'Object Created'
    ? validateCreated(place, dependencies)
    : validateDeleted(place, dependencies);
}

async function validateCreated(place: Place, dependencies: Dependencies): Promise<Verdict> {
  const { s3, environment } = dependencies;
  const [head, isThere, contract, graphUri, mode] = await Promise.all([
    readHead(s3, place.source, checkedBytes),
    hasObject(s3, place.source),
    findContract(s3, environment.PROCESSED_BUCKET, place.dataset),
    findGraph(s3, environment, place.dataset),
    modeOf(place, dependencies),
  ]);
  // An older version is still judged: were the newer one put in quarantine, this one would be the file again.
  if (!head || !isThere) return verdictOf(place, 'superseded');
  const isMoreNeeded = !contract && place.source.size > head.length;
  const wholeHead = isMoreNeeded ? ((await readHead(s3, place.source, headBytes)) ?? head) : head;
  const { inspection, isDrafted } = await inspect(wholeHead, place, contract, dependencies);
  const verdict = { ...judge(inspection, place, { graphUri, mode }), ...(isDrafted ? { drafts: 1 } : {}) };
  return verdict.status === 'file' ? { ...verdict, media: await readMedia(wholeHead, place, s3) } : verdict;
}

/** A PDF counts its pages at its end. */
async function readMedia(head: Uint8Array, { file, source }: Place, s3: S3Client): Promise<MediaFacts> {
  const truncated = source.size > head.length;
  const isToldByEnd = ['application/pdf', 'image/tiff'].includes(findSignature(head)?.mediaType ?? '');
  const decoded = decodeText(head, truncated);
  return readMediaFacts({
    fileName: file,
    head,
    tail: truncated && isToldByEnd ? await readTail(s3, source) : undefined,
    sizeBytes: source.size,
    text: decoded.type === 'binary' ? undefined : decoded.text,
  });
}

/**
 * Rows wait beside the table where one of its rulesets may keep them out of it; a second run of the job for each file
 * costs a minute on AWS, so that nobody else's do.
 */
async function modeOf(
  { dataset, override }: Place,
  { glue, environment }: Dependencies,
): Promise<NonNullable<Verdict['mode']>> {
  if (override) return 'write';
  const table = { database: environment.DATABASE, table: dataset };
  const gates = await gatesOfTable(glue, table, scopeOf(environment));
  return [...gates.values()].some((gate) => gate !== 'warn') ? 'stage' : 'write';
}

/** Holds the file to the dataset's contract; the first good file of a dataset makes it. */
async function inspect(
  head: Uint8Array,
  { dataset, file, source }: Place,
  contract: Contract | undefined,
  { s3, environment }: Dependencies,
): Promise<{ inspection: Inspection; isDrafted: boolean }> {
  const truncated = source.size > head.length;
  const tail = truncated && isParquet(head) ? { tail: await readTail(s3, source) } : {};
  const facts = { fileName: file, sizeBytes: source.size, truncated, ...tail };
  const inspection = inspectFile(head, facts, dataset, contract);
  const isFirst = !contract && inspection.kind === 'table' && inspection.problemCount === 0 && inspection.contract;
  if (!isFirst) return { inspection, isDrafted: false };
  const kept = await keepFirstContract(s3, environment.PROCESSED_BUCKET, dataset, isFirst);
  const isDrafted = kept === isFirst;
  return { inspection: isDrafted ? inspection : inspectFile(head, facts, dataset, kept), isDrafted };
}

function judge(
  inspection: Inspection,
  place: Place,
  { graphUri, mode }: { graphUri: string; mode: NonNullable<Verdict['mode']> },
): Verdict {
  const { kind, contract, format, rowsChecked, complete, problems, problemCount } = inspection;
  const found = { format, rowsChecked, complete, problems, problemCount, graphUri };
  if (problemCount > 0) return { ...verdictOf(place, 'rejected'), ...found, ...contractFacts(place, contract) };
  if (kind === 'file') return { ...verdictOf(place, 'file'), ...found, graphUri: '' };
  return { ...verdictOf(place, 'accepted'), ...found, mode, ...contractFacts(place, contract) };
}

async function validateDeleted(place: Place, { s3, environment }: Dependencies): Promise<Verdict> {
  const [isThere, contract, graphUri] = await Promise.all([
    hasObject(s3, place.source),
    findContract(s3, environment.PROCESSED_BUCKET, place.dataset),
    findGraph(s3, environment, place.dataset),
  ]);
  if (isThere) return verdictOf(place, 'ignored');
  // Without a contract the dataset never had a table; the catalog strikes the file off its list.
  if (!contract) return verdictOf(place, 'file');
  return { ...verdictOf(place, 'removed'), ...contractFacts(place, contract), graphUri };
}

function contractFacts({ dataset }: Place, contract: Contract | undefined): Partial<Verdict> {
  return contract ? { contractKey: contractKey(dataset), contractStatus: contract.status } : {};
}

function rejectUnplaced(source: FileSource): Verdict {
  const problems = [describeProblem('no-dataset')];
  return { ...verdictOf({ dataset: '', file: source.key, source }, 'rejected'), problems, problemCount: 1 };
}

function verdictOf(place: Place, status: Verdict['status']): Verdict {
  return {
    status,
    ...place,
    format: { type: 'binary', mediaType: 'application/octet-stream' },
    graphUri: '',
    rowsChecked: 0,
    complete: false,
    problems: [],
    problemCount: 0,
  };
}
