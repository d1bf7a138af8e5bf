/**
 * AWS Glue: the data catalog, visual jobs, crawlers and data quality.
 *
 * Gaps: MaxRetries of jobs, triggers, workflows, connections, sessions, schema registry, ML transforms, Iceberg tables (OpenTableFormatInput),
 * table optimizers, resource policies and Lake Formation are not here and answer UnknownOperation. Data quality refuses
 * AdditionalDataSources (a rule names the other table as database.table), connections and metrics in CloudWatch by their
 * names; a PreProcessingQuery is read as Athena's SQL; no job evaluates rules.
 *
 * By design: there is no Spark, and no script is ever executed. What runs is the lake's transform job (told by its
 * arguments; transform/ does what infra/jobs/transform.py does) with any job graph of lib/languages/job-graph; every
 * other job is kept as it is defined, and its runs fail and say why. Crawlers look at S3 only, and not by events (CRAWL_EVENT_MODE), which come through SQS. Schedules are looked at every second;
 * what a crawler missed while the lake was not running is one crawl. Partition indexes are ready at once, since partitions are
 * found without them. Rules are evaluated by lib/languages/dqdl in Athena's SQL, read as the run's role; what is measured of
 * a table is the history of its next evaluations. Column statistics are of the rows that were looked at (SampleSize), in one scan. There is one catalog: CatalogId is not looked at.
 *
 * Client quirks: names of databases, tables and functions come back in lower case, as from AWS. Times are seconds in JSON 1.1. The first
 * version of a table is 0. SearchTables takes words apart at punctuation, but not at underscores.
 */
import { toClassifier } from '../../../../lib/languages/crawl/to-classifier.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { Translations } from '../athena/translations.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { GlueArns, roleArn } from './arns.ts';
import { Catalog } from './catalog.ts';
import { Classifiers } from './classifiers.ts';
import { crawl } from './crawler/crawl.ts';
import { Crawlers, type ExecuteCrawl } from './crawler/crawlers.ts';
import { executeRun } from './jobs/execute-run.ts';
import type { JobRun } from './jobs/job-run.ts';
import { type JobRunListener, JobRuns } from './jobs/job-runs.ts';
import { Jobs } from './jobs/jobs.ts';
import { classifierOperations } from './operations/classifiers.ts';
import { columnStatisticsOperations } from './operations/column-statistics.ts';
import { crawlerScheduleOperations } from './operations/crawler-schedules.ts';
import { crawlerOperations } from './operations/crawlers.ts';
import { dataQualityEvaluationRunOperations } from './operations/data-quality-evaluation-runs.ts';
import { dataQualityRecommendationRunOperations } from './operations/data-quality-recommendation-runs.ts';
import { dataQualityResultOperations } from './operations/data-quality-results.ts';
import { dataQualityRulesetOperations } from './operations/data-quality-rulesets.ts';
import { dataQualityStatisticOperations } from './operations/data-quality-statistics.ts';
import { databaseOperations } from './operations/databases.ts';
import { jobRunOperations } from './operations/job-runs.ts';
import { jobOperations } from './operations/jobs.ts';
import { partitionIndexOperations } from './operations/partition-indexes.ts';
import { partitionOperations } from './operations/partitions.ts';
import { searchOperations } from './operations/search.ts';
import { statisticsTaskOperations } from './operations/statistics-tasks.ts';
import { tableVersionOperations } from './operations/table-versions.ts';
import { tableOperations } from './operations/tables.ts';
import { tagOperations } from './operations/tags.ts';
import { userDefinedFunctionOperations } from './operations/user-defined-functions.ts';
import { PartitionIndexes } from './partition-indexes.ts';
import { Annotations } from './quality/annotations.ts';
import { executeQualityRun } from './quality/execute-run.ts';
import { QualityResults } from './quality/quality-results.ts';
import { QualityRuns } from './quality/quality-runs.ts';
import { Rulesets } from './quality/rulesets.ts';
import { executeStatisticsRun } from './statistics/execute-run.ts';
import { StatisticsRuns } from './statistics/statistics-runs.ts';
import { SettingsStore } from './statistics/statistics-settings.ts';
import { StatisticsStore } from './statistics/statistics-store.ts';
import { Tags } from './tags.ts';
import { UserDefinedFunctions } from './user-defined-functions.ts';

export interface GlueDependencies {
  store: ObjectStore;
  engine: Engine;
  workFolder: string;
  /** Where the lines of job runs and crawls go. */
  logs?: { append(group: string, stream: string, events: { timestamp: number; message: string }[]): Promise<void> };
}

export interface GlueService extends OperationService {
  catalog: Catalog;
  classifiers: Classifiers;
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
  const indexes = new PartitionIndexes(ctx.state, catalog);
  const classifiers = new Classifiers(ctx.state, ctx.clock);
  const findClassifier = (name: string) => {
    const kept = classifiers.find(name);
    return kept && toClassifier({ [kept.kind]: kept.definition });
  };
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
  const executeCrawl: ExecuteCrawl = (crawler, signal, isKnown) => {
    const principal = ctx.inside.asRole(roleArn(ctx.account, crawler.Role), 'glue.amazonaws.com', 'AWS-Crawler');
    const log = (message: string) => print(crawlersGroup, crawler.Name, message);
    return crawl({ ...ctx, crawler, catalog, store, principal, classifier: findClassifier, isKnown, signal, log });
  };
  const crawlers = await Crawlers.start({ ...ctx, execute: executeCrawl });
  const runs = await JobRuns.start({ ...ctx, jobs, execute });
  const rulesets = new Rulesets(ctx.state, ctx.clock);
  const annotations = new Annotations(ctx.state);
  const results = new QualityResults(ctx.state, annotations);
  const reader = {
    ...ctx,
    catalog,
    store,
    engine,
    translations: new Translations(engine),
    workFolder: `${dependencies.workFolder}/data-quality`,
  };
  const executeQuality = executeQualityRun({ ctx, reader, rulesets, results });
  const qualityRuns = await QualityRuns.start({ ...ctx, results, rulesets, execute: executeQuality });
  const statisticsReader = { ...reader, workFolder: `${dependencies.workFolder}/column-statistics` };
  const statisticsRuns = await StatisticsRuns.start({ ...ctx, execute: executeStatisticsRun(ctx, statisticsReader) });
  const statisticsSettings = await SettingsStore.start({ ...ctx, runs: statisticsRuns });
  return {
    name: 'glue',
    protocol: 'json-1.1',
    targetPrefix: 'AWSGlue',
    validationError: 'InvalidInputException',
    operations: {
      ...databaseOperations(catalog, arns, ctx.account, tags),
      ...tableOperations({ catalog, indexes, arns, account: ctx.account }),
      ...tableVersionOperations(catalog, arns, ctx.account),
      ...searchOperations(catalog, arns, ctx.account),
      ...partitionOperations(catalog, arns, ctx.account),
      ...partitionIndexOperations(indexes, arns),
      ...columnStatisticsOperations(new StatisticsStore(ctx.state, catalog), arns),
      ...statisticsTaskOperations({
        runs: statisticsRuns,
        settings: statisticsSettings,
        catalog,
        arns,
        account: ctx.account,
      }),
      ...userDefinedFunctionOperations(new UserDefinedFunctions(ctx.state, catalog, ctx.clock), arns, ctx.account),
      ...classifierOperations(classifiers),
      ...jobOperations(jobs, arns, tags),
      ...jobRunOperations(jobs, runs, arns),
      ...crawlerOperations(crawlers, arns, tags, ctx.clock),
      ...crawlerScheduleOperations(crawlers),
      ...dataQualityRulesetOperations(rulesets, arns, tags),
      ...dataQualityEvaluationRunOperations({ runs: qualityRuns, rulesets, catalog, arns }),
      ...dataQualityRecommendationRunOperations({ runs: qualityRuns, rulesets, catalog, arns }),
      ...dataQualityResultOperations(results, arns),
      ...dataQualityStatisticOperations({ results, annotations, arns, clock: ctx.clock }),
      ...tagOperations(tags),
    },
    tagsOf: (arn) => tags.list(arn),
    catalog,
    classifiers,
    onJobRunChanged: (listener) => runs.onChanged(listener),
    close: async () => {
      await statisticsSettings.close();
      await Promise.all([runs.close(), crawlers.close(), qualityRuns.close(), statisticsRuns.close()]);
    },
  };
}
