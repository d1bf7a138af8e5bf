import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Aws, Fn, Validations } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { serviceOfThisAccount } from '../access/service-principal.ts';
import { allow, readObjects, writeObjects } from '../access/statement.ts';
import { databaseName, lakePrefix, stagedDatabaseName, versionsDatabaseName } from '../names.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';

const jobsFolder = path.resolve(import.meta.dirname, '../../jobs');

/** The Glue database, the one transform job with the graphs it runs, and the crawler of the processed zone. */
export class LakeCatalog extends Construct {
  readonly jobName = 'lacustre-transform';
  readonly crawlerName = 'lacustre-processed';
  /** JSON object: dataset → S3 URI of the job graph that ships with the lake. */
  readonly graphs: string;
  /** Where the deployment puts the job's script and the graphs, with all else that it puts there. */
  readonly assetsArn: string;
  readonly #graphArns: string[];

  constructor(scope: Construct, id: string, { storage }: { storage: LakeStorage }) {
    super(scope, id);
    new glue.CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: databaseName, description: 'The tables of the lake' },
    });
    new glue.CfnDatabase(this, 'VersionsDatabase', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: versionsDatabaseName, description: 'Tables as they were at a moment, for a week' },
    });
    new glue.CfnDatabase(this, 'StagedDatabase', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: stagedDatabaseName, description: 'Rows that wait for the rules of their tables' },
    });
    const graphs = graphFiles().map(
      ([dataset, file]) => [dataset, new Asset(this, `Graph-${dataset}`, { path: file })] as const,
    );
    this.graphs = Fn.join('', [
      '{',
      graphs.map(([dataset, asset]) => `"${dataset}":"${asset.s3ObjectUrl}"`).join(','),
      '}',
    ]);
    this.#graphArns = graphs.map(([, asset]) => assetArn(asset));
    const script = new Asset(this, 'Script', { path: path.join(jobsFolder, 'transform.py') });
    this.assetsArn = `arn:${Aws.PARTITION}:s3:::${script.s3BucketName}/`;
    this.#job(storage, script);
    this.#crawler(storage);
  }

  #job(storage: LakeStorage, script: Asset): void {
    const { raw, processed, results } = storage.buckets;
    const role = new iam.Role(this, 'JobRole', {
      roleName: 'lacustre-transform-role',
      description: 'For the transform job: reads raw files, writes tables and its reports',
      assumedBy: serviceOfThisAccount('glue'),
    });
    const assets = [assetArn(script), ...this.#graphArns];
    const statements = [
      allow({ sid: 'ReadScriptAndGraphs', actions: ['s3:GetObject'], resources: assets }),
      ...readObjects('RawFiles', raw.bucketArn),
      ...readObjects('Tables', processed.bucketArn),
      writeObjects('Tables', processed.bucketArn),
      allow({ sid: 'ReplaceRows', actions: ['s3:DeleteObject'], resources: [processed.arnForObjects('*')] }),
      ...readObjects('Reports', results.bucketArn, ['transforms/']),
      writeObjects('Reports', results.bucketArn, ['transforms/']),
      this.readTables('ReadTables'),
      allow({
        sid: 'WriteJobLogs',
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws-glue/*`],
      }),
    ];
    for (const statement of statements) role.addToPolicy(statement);
    const job = new glue.CfnJob(this, 'Job', {
      name: this.jobName,
      description: 'Runs a dataset’s job graph: checks every row, cleans, writes Parquet',
      role: role.roleArn,
      glueVersion: '5.0',
      command: { name: 'glueetl', pythonVersion: '3', scriptLocation: script.s3ObjectUrl },
      defaultArguments: { '--job-language': 'python', '--enable-auto-scaling': 'true' },
      workerType: 'G.1X',
      numberOfWorkers: 4,
      timeout: 120,
      // One at a time and in order: two runs of one dataset must not overtake each other.
      executionProperty: { maxConcurrentRuns: 1 },
      jobRunQueuingEnabled: true,
    });
    job.node.addDependency(role);
    Validations.of(job).acknowledge(
      {
        id: 'AwsSolutions-GL1',
        reason:
          'The job’s log lines name files and counts, never values; CloudWatch Logs encrypts them with its own key.',
      },
      {
        id: 'AwsSolutions-GL3',
        reason: 'The job uses no bookmarks: each run is given its one file.',
      },
    );
  }

  #crawler(storage: LakeStorage): void {
    const { processed } = storage.buckets;
    const role = new iam.Role(this, 'CrawlerRole', {
      roleName: 'lacustre-crawler-role',
      description: 'For the crawler: reads processed files and catalogs the tables that it finds',
      assumedBy: serviceOfThisAccount('glue'),
    });
    for (const statement of [
      ...readObjects('Processed', processed.bucketArn),
      this.readTables('ReadTables'),
      this.writeTables('WriteTables'),
      allow({
        sid: 'WriteCrawlerLogs',
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws-glue/*`],
      }),
    ])
      role.addToPolicy(statement);
    const crawler = new glue.CfnCrawler(this, 'Crawler', {
      name: this.crawlerName,
      description: 'Catalogues data that came into the processed zone by another way than the pipeline',
      role: role.roleArn,
      databaseName,
      targets: { s3Targets: [{ path: `s3://${processed.bucketName}/`, exclusions: [`${lakePrefix}**`] }] },
      // New tables and partitions are its own to add; what is there changes by a person who has seen what would change,
      // or by the pipeline. Of one table alone Glue cannot be told so.
      schemaChangePolicy: { updateBehavior: 'LOG', deleteBehavior: 'LOG' },
      configuration: JSON.stringify({
        Version: 1.0,
        CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } },
        // Each folder of the zone is a table, however alike two of them are.
        Grouping: { TableLevelConfiguration: 2 },
      }),
      recrawlPolicy: { recrawlBehavior: 'CRAWL_EVERYTHING' },
    });
    crawler.node.addDependency(role);
    Validations.of(crawler).acknowledge({
      id: 'AwsSolutions-GL1',
      reason:
        'The crawler’s log lines name folders and tables, never values; CloudWatch Logs encrypts them with its own key.',
    });
  }

  /** The job graphs that ship with the lake. */
  readGraphs(sid: string): iam.PolicyStatement {
    return allow({ sid, actions: ['s3:GetObject'], resources: this.#graphArns });
  }

  readTables(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetTableVersion',
        'glue:GetTableVersions',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:BatchGetPartition',
        'glue:SearchTables',
      ],
      resources: this.#catalogArns(),
    });
  }

  writeTables(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'glue:CreateTable',
        'glue:UpdateTable',
        'glue:DeleteTable',
        'glue:CreatePartition',
        'glue:UpdatePartition',
        'glue:DeletePartition',
        'glue:BatchCreatePartition',
        'glue:BatchDeletePartition',
      ],
      resources: this.#catalogArns(),
    });
  }

  /** Making tables of the past in their own database, and reading them there. */
  keepVersions(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartitions',
        'glue:CreateTable',
        'glue:UpdateTable',
        'glue:DeleteTable',
        'glue:BatchCreatePartition',
      ],
      resources: this.#catalogArns(versionsDatabaseName),
    });
  }

  /** Making and reading the entries of staged rows, in their own database. */
  keepStaged(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartitions',
        'glue:CreateTable',
        'glue:UpdateTable',
        'glue:DeleteTable',
      ],
      resources: this.#catalogArns(stagedDatabaseName),
    });
  }

  readStaged(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
      resources: this.#catalogArns(stagedDatabaseName),
    });
  }

  deleteStaged(sid: string): iam.PolicyStatement {
    return allow({ sid, actions: ['glue:DeleteTable'], resources: this.#catalogArns(stagedDatabaseName) });
  }

  /** Rulesets of quality rules, and the tags that say what they do to a file. */
  readRulesets(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: ['glue:ListDataQualityRulesets', 'glue:GetDataQualityRuleset', 'glue:GetTags'],
      resources: [this.#arn('dataQualityRuleset/*')],
    });
  }

  editRulesets(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'glue:CreateDataQualityRuleset',
        'glue:UpdateDataQualityRuleset',
        'glue:DeleteDataQualityRuleset',
        'glue:TagResource',
        'glue:UntagResource',
      ],
      resources: [this.#arn('dataQualityRuleset/*')],
    });
  }

  runJob(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: ['glue:StartJobRun', 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'],
      resources: [this.#arn(`job/${this.jobName}`)],
    });
  }

  readJobs(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: ['glue:GetJob', 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:GetCrawler', 'glue:ListCrawls'],
      resources: [this.#arn(`job/${this.jobName}`), this.#arn(`crawler/${this.crawlerName}`)],
    });
  }

  runCrawler(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: ['glue:StartCrawler', 'glue:StopCrawler', 'glue:GetCrawler'],
      resources: [this.#arn(`crawler/${this.crawlerName}`)],
    });
  }

  #catalogArns(database = databaseName): string[] {
    return [this.#arn('catalog'), this.#arn(`database/${database}`), this.#arn(`table/${database}/*`)];
  }

  #arn(resource: string): string {
    return `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
  }
}

/** The shipped graphs: `infra/jobs/graphs/<dataset>.json`. */
function graphFiles(): [dataset: string, file: string][] {
  const folder = path.join(jobsFolder, 'graphs');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file.slice(0, -'.json'.length), path.join(folder, file)]);
}

function assetArn({ s3BucketName, s3ObjectKey }: Asset): string {
  return `arn:${Aws.PARTITION}:s3:::${s3BucketName}/${s3ObjectKey}`;
}
