/**
 * AWS Glue: the data catalog, visual jobs and crawlers.
 *
 * Gaps: MaxRetries of jobs, triggers, workflows, connections, classifiers, schema registry, ML transforms, user-defined functions, column
 * statistics, data quality rulesets, resource policies and Lake Formation are not here and answer UnknownOperation.
 *
 * By design: there is no Spark, and no script is ever executed. What runs is the lake's transform job (told by its
 * arguments; transform/ does what infra/jobs/transform.py does) with any job graph of lib/languages/job-graph; every
 * other job is kept as it is defined, and its runs fail and say why. Crawlers look at S3 only, and start by hand only.
 *
 * Client quirks: names of databases and tables come back in lower case, as from AWS. Times are seconds in JSON 1.1.
 */
import type { Engine } from '../../engine/engine.ts';
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { GlueArns, roleArn } from './arns.ts';
import { Catalog } from './catalog.ts';
import { crawl, type FindClassifier } from './crawler/crawl.ts';
import { Crawlers, type ExecuteCrawl } from './crawler/crawlers.ts';
import { executeRun } from './jobs/execute-run.ts';
import type { JobRun } from './jobs/job-run.ts';
import { type JobRunListener, JobRuns } from './jobs/job-runs.ts';
import { Jobs } from './jobs/jobs.ts';
import { crawlerOperations } from './operations/crawlers.ts';
import { databaseOperations } from './operations/databases.ts';
import { jobRunOperations } from './operations/job-runs.ts';
import { jobOperations } from './operations/jobs.ts';
import { partitionOperations } from './operations/partitions.ts';
import { tableOperations } from './operations/tables.ts';
import { tagOperations } from './operations/tags.ts';
import { Tags } from './tags.ts';

export interface GlueDependencies {
  store: ObjectStore;
  engine: Engine;
  workFolder: string;
  /** Custom classifiers by name; none where it is left out. */
  classifier?: FindClassifier;
  /** Where the lines of job runs and crawls go. */
  logs?: { append(group: string, stream: string, events: { timestamp: number; message: string }[]): Promise<void> };
}

export interface GlueService extends OperationService {
  catalog: Catalog;
  /** Calls `listener` after each change of a job run is durable, so that whoever waits for one need not poll. */
  onJobRunChanged(listener: JobRunListener): () => void;
  close(): Promise<void>;
}

const outputGroup = '/aws-glue/jobs/output';
const crawlersGroup = '/aws-glue/crawlers';

export async function startGlueService(ctx: ServiceContext, dependencies: GlueDependencies): Promise<GlueService> {
  const { store, engine, logs } = dependencies;
  const arns = new GlueArns(ctx.region, ctx.account);
  const catalog = new Catalog(ctx.state, ctx.clock);
  const tags = new Tags(ctx.state);
  const jobs = new Jobs(ctx.state, ctx.clock);
  const print = (group: string, stream: string, message: string) => {
    const line = { timestamp: ctx.clock(), message };
    logs
      ?.append(group, stream, [line])
      .catch((error) => ctx.log.warn('a log line is lost', { group, error: String(error) }));
  };
  const printRun = (run: JobRun, message: string) => print(outputGroup, run.id, message);
  const execute = executeRun({
    ctx,
    store,
    engine,
    catalog,
    workFolder: `${dependencies.workFolder}/glue`,
    print: printRun,
  });
  const executeCrawl: ExecuteCrawl = (crawler, signal) => {
    const principal = ctx.inside.asRole(roleArn(ctx.account, crawler.Role), 'glue.amazonaws.com', 'AWS-Crawler');
    const log = (message: string) => print(crawlersGroup, crawler.Name, message);
    const { classifier = () => undefined } = dependencies;
    return crawl({ ...ctx, crawler, catalog, store, principal, classifier, signal, log });
  };
  const crawlers = await Crawlers.start({ ...ctx, execute: executeCrawl });
  const runs = await JobRuns.start({ ...ctx, jobs, execute });
  return {
    name: 'glue',
    protocol: 'json-1.1',
    targetPrefix: 'AWSGlue',
    validationError: 'InvalidInputException',
    operations: {
      ...databaseOperations(catalog, arns, ctx.account, tags),
      ...tableOperations(catalog, arns, ctx.account),
      ...partitionOperations(catalog, arns, ctx.account),
      ...jobOperations(jobs, arns, tags),
      ...jobRunOperations(jobs, runs, arns),
      ...crawlerOperations(crawlers, arns, tags, ctx.clock),
      ...tagOperations(tags),
    },
    catalog,
    onJobRunChanged: (listener) => runs.onChanged(listener),
    close: async () => {
      await Promise.all([runs.close(), crawlers.close()]);
    },
  };
}
