import { open } from 'node:fs/promises';
import type { Classifier } from '../../../../../lib/languages/crawl/classifier.ts';
import { classifyFile } from '../../../../../lib/languages/crawl/classify-file.ts';
import type { CrawlConfiguration } from '../../../../../lib/languages/crawl/crawl-configuration.ts';
import type { CrawlObject, CrawlPlan, FileHead } from '../../../../../lib/languages/crawl/crawl-plan.ts';
import type { Classified } from '../../../../../lib/languages/crawl/file-schema.ts';
import { folderOf } from '../../../../../lib/languages/crawl/folder-tree.ts';
import {
  type CrawlScope,
  type ExistingTable,
  planCrawl,
  selectObjects,
} from '../../../../../lib/languages/crawl/plan-crawl.ts';
import { readHead } from '../../../../../lib/languages/crawl/read-head.ts';
import type { ObjectVersion } from '../../s3/object-version.ts';
import type { JobFiles } from '../jobs/job-files.ts';
import type { S3Target } from './crawler.ts';

/** Files of a folder that are looked into, where the target does not say how many. */
const perFolderDefault = 200;
const filesMax = 10_000;

export interface TargetOptions {
  files: JobFiles;
  configuration: CrawlConfiguration;
  classifiers: Classifier[];
  tablePrefix: string | undefined;
  existing: ExistingTable[];
  /** Where only new folders are looked at: whether a folder is none. */
  isKnown: ((folder: string) => boolean) | undefined;
  signal: AbortSignal;
}

/** The folders are all that hold files, as `s3://bucket/folder/`. */
interface CrawledTarget extends CrawlPlan {
  folders: string[];
}

/** Reads what is at a target, and plans what becomes of it. */
export async function crawlTarget(target: S3Target, options: TargetOptions): Promise<CrawledTarget> {
  const { bucket, prefix, versions } = placeOf(target, options.files);
  const scope: CrawlScope = {
    bucket,
    prefix,
    tablePrefix: options.tablePrefix,
    exclusions: target.Exclusions,
    classifiers: options.classifiers,
    configuration: options.configuration,
    existing: options.existing,
    isKnown: options.isKnown,
  };
  const objects = [...versions.values()].map(({ key, size }) => ({ key, sizeBytes: size }));
  const selection = selectObjects(scope, objects, target.SampleSize ?? perFolderDefault, filesMax);
  const read = new Map<string, Classified>();
  for (const object of selection.sample) {
    options.signal.throwIfAborted();
    const version = versions.get(object.key);
    if (!version) continue;
    const head = await readFile(options.files.path(version), object);
    read.set(object.key, classifyFile(head, object.sizeBytes, options.classifiers));
  }
  const folders = new Set(objects.map(({ key }) => `s3://${bucket}/${folderOf(key)}`));
  return { ...planCrawl(scope, selection, read), folders: [...folders] };
}

interface Place {
  bucket: string;
  prefix: string;
  versions: Map<string, ObjectVersion>;
}

/** A path names a folder, or a single file of one. */
function placeOf({ Path }: S3Target, files: JobFiles): Place {
  const [, bucket = '', path = ''] = /^(?:s3:\/\/)?([^/]+)\/?(.*)$/s.exec(Path) ?? [];
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
  const below = files.list(bucket, prefix);
  const file =
    below.length === 0 && prefix !== path ? files.list(bucket, path).find(({ key }) => key === path) : undefined;
  const found = file ? [file] : below;
  return {
    bucket,
    prefix: file ? path.slice(0, path.lastIndexOf('/') + 1) : prefix,
    versions: new Map(found.map((version) => [version.key, version])),
  };
}

async function readFile(path: string, object: CrawlObject): Promise<FileHead> {
  const file = await open(path);
  try {
    return await readHead(object, async (start, end) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}
