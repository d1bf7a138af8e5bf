/**
 * AWS Glue: the data catalog, visual jobs and crawlers.
 *
 * Gaps: triggers, workflows, connections, classifiers, schema registry, ML transforms, user-defined functions, column
 * statistics, data quality rulesets, resource policies and Lake Formation are not here and answer UnknownOperation.
 *
 * By design: there is no Spark. A job runs when it is a graph of nodes this lake knows (lib/languages/job-graph), and
 * fails by name of the node, or for want of a graph, when it is not; its script is never executed here.
 *
 * Client quirks: names of databases and tables come back in lower case, as from AWS. Times are seconds in JSON 1.1.
 */
import type { Engine } from '../../engine/engine.ts';
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { GlueArns } from './arns.ts';
import { Catalog } from './catalog.ts';
import { executeRun } from './jobs/execute-run.ts';
import type { JobRun } from './jobs/job-run.ts';
import { type JobRunListener, JobRuns } from './jobs/job-runs.ts';
import { Jobs } from './jobs/jobs.ts';
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

export async function startGlueService(ctx: ServiceContext, dependencies: GlueDependencies): Promise<GlueService> {
  const { store, engine, logs } = dependencies;
  const arns = new GlueArns(ctx.region, ctx.account);
  const catalog = new Catalog(ctx.state, ctx.clock);
  const tags = new Tags(ctx.state);
  const jobs = new Jobs(ctx.state, ctx.clock);
  const print = (run: JobRun, message: string) => {
    const line = { timestamp: ctx.clock(), message };
    logs
      ?.append(outputGroup, run.id, [line])
      .catch((error) => ctx.log.warn('a line of a job run is lost', { error: String(error) }));
  };
  const execute = executeRun({ ctx, store, engine, catalog, workFolder: `${dependencies.workFolder}/glue`, print });
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
      ...tagOperations(tags),
    },
    catalog,
    onJobRunChanged: (listener) => runs.onChanged(listener),
    close: () => runs.close(),
  };
}
