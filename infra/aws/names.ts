/**
 * The physical names of the lake. They are fixed, so that the same template can be deployed twice onto the same
 * place (an update, never a second lake), and a person recognises them in every AWS console.
 */
import { Aws } from 'aws-cdk-lib';

export const stackName = 'Lacustre';
export const databaseName = 'retail';
/** Tables as they were at a moment, made when a query asks for one and gone a week later. */
export const versionsDatabaseName = `${databaseName}_versions`;

/** Rows that wait for their table's rules. */
export const stagedDatabaseName = `${databaseName}_staged`;

export const stateMachineName = 'lacustre-ingest';

export const zones = ['raw', 'quarantine', 'processed', 'results'] as const;
export type Zone = (typeof zones)[number];

export function bucketName(zone: Zone): string {
  return `lacustre-${zone}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
}

export const trailName = 'lacustre';
/** Beside the zones, not among them: it holds what happened to the lake, and none of its data. */
export const trailBucketName = `lacustre-trail-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
/** A year, and the weeks in which somebody asks for the year. */
export const trailKeptDays = 400;

/** Where the lake keeps its own documents (contracts, job graphs, the catalogue of files) in the processed zone. */
export const lakePrefix = '_lake/';

/** Where the processed zone keeps the files of rows that wait for their table's rules; those that were held can be looked at. */
export const stagedPrefix = `${lakePrefix}staged/`;
export const stagedKeptDays = 30;

/** Where the results zone keeps what evaluations and profiles found. */
export const qualityPrefix = 'quality/';

/** Where the results zone keeps the ends of the console's audit trail. */
export const auditPrefix = 'audit/console/';

/** Where the results zone keeps the files of tables as they were at a moment. */
export const versionsPrefix = 'versions/';
export const versionsKeptDays = 7;
