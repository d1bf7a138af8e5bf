/** A crawler's definition and state: https://docs.aws.amazon.com/glue/latest/webapi/API_Crawler.html */
import { z } from 'zod';
import { parseConfiguration } from '../../../../../lib/languages/crawl/crawl-configuration.ts';
import { CatalogName } from '../catalog-schemas.ts';
import type { CrawlSummary } from './crawl-summary.ts';

/** Events of S3 reach a crawler through a queue. */
const noQueues = 'is not supported: a crawl by events reads them from a queue of SQS, and this lake has no SQS';

const S3Target = z.object({
  Path: z.string().regex(/^(s3:\/\/)?[^/]+/, 'must be an s3:// address'),
  Exclusions: z.array(z.string()).optional(),
  /** How many files of each folder are looked into. */
  SampleSize: z.number().int().min(1).max(249).optional(),
  EventQueueArn: z.undefined(noQueues).optional(),
  DlqEventQueueArn: z.undefined(noQueues).optional(),
});
export type S3Target = z.infer<typeof S3Target>;

/** Other kinds of targets (JDBC, DynamoDB, …) have nothing to crawl here, and are refused rather than passed over. */
const Targets = z
  .object({ S3Targets: z.array(S3Target).optional() })
  .catchall(z.array(z.unknown()).max(0, 'is not supported: this lake crawls S3 only').optional());

const SchemaChangePolicy = z.object({
  UpdateBehavior: z.enum(['LOG', 'UPDATE_IN_DATABASE']).optional(),
  DeleteBehavior: z.enum(['LOG', 'DELETE_FROM_DATABASE', 'DEPRECATE_IN_DATABASE']).optional(),
});

const RecrawlPolicy = z.object({
  RecrawlBehavior: z
    .enum(['CRAWL_EVERYTHING', 'CRAWL_NEW_FOLDERS_ONLY', 'CRAWL_EVENT_MODE'])
    .refine(
      (behavior) => behavior !== 'CRAWL_EVENT_MODE',
      `CRAWL_EVENT_MODE ${noQueues}. Take CRAWL_NEW_FOLDERS_ONLY or CRAWL_EVERYTHING.`,
    )
    .optional(),
});

const Configuration = z.string().superRefine((text, issues) => {
  try {
    parseConfiguration(text);
  } catch (error) {
    issues.addIssue({ code: 'custom', message: `is not a configuration of a crawler: ${(error as Error).message}` });
  }
});

export const CrawlerName = z.string().min(1).max(255);

export const CrawlerUpdate = z.object({
  Name: CrawlerName,
  Role: z.string().min(1).optional(),
  DatabaseName: CatalogName.optional(),
  Description: z.string().max(2048).optional(),
  Targets: Targets.optional(),
  Schedule: z.string().optional(),
  Classifiers: z.array(z.string()).optional(),
  TablePrefix: z.string().max(128).optional(),
  SchemaChangePolicy: SchemaChangePolicy.optional(),
  RecrawlPolicy: RecrawlPolicy.optional(),
  LineageConfiguration: z.object({ CrawlerLineageSettings: z.string().optional() }).optional(),
  Configuration: Configuration.optional(),
});
export type CrawlerUpdate = z.infer<typeof CrawlerUpdate>;

export const CrawlerInput = CrawlerUpdate.extend({
  Role: z.string().min(1),
  Targets,
  Tags: z.record(z.string(), z.string()).optional(),
});
export type CrawlerInput = z.infer<typeof CrawlerInput>;

export interface LastCrawl extends CrawlSummary {
  id: string;
  status: 'SUCCEEDED' | 'CANCELLED' | 'FAILED';
  errorMessage?: string;
  startedAt: number;
  endedAt: number;
}

export interface Crawler extends Omit<CrawlerInput, 'Tags'> {
  /** Whether its schedule is kept; one that was stopped is still there to be started again. */
  isScheduled?: boolean;
  state: 'READY' | 'RUNNING' | 'STOPPING';
  createdAt: number;
  updatedAt: number;
  version: number;
  /** When the crawl that is under way began. */
  startedAt?: number;
  lastCrawl?: LastCrawl;
}
