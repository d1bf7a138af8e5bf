import { Aws, CfnParameter, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { allow, listObjects, readObjects, writeObjects } from '../access/statement.ts';
import type { LakeCatalog } from '../catalog/lake-catalog.ts';
import { databaseName, qualityPrefix } from '../names.ts';
import type { IngestPipeline } from '../pipeline/ingest-pipeline.ts';
import { LakeFunction } from '../pipeline/lake-function.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';

export interface LakeReportProps {
  storage: LakeStorage;
  catalog: LakeCatalog;
  pipeline: IngestPipeline;
}

/** Keeps a report on the quality of the last four weeks, each Monday morning. */
export class LakeReport extends Construct {
  constructor(scope: Construct, id: string, { storage, catalog, pipeline }: LakeReportProps) {
    super(scope, id);
    const { raw, quarantine, results } = storage.buckets;
    const { stateMachineArn, stateMachineName } = pipeline.stateMachine;
    const runs = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${stateMachineName}:*`;
    const language = new CfnParameter(scope, 'ReportLanguage', {
      default: 'en',
      allowedValues: ['en', 'fr'],
      description: 'Language of the weekly quality report',
    });
    const report = new LakeFunction(this, 'Weekly', {
      name: 'report',
      description: 'Makes the weekly quality report from the evaluations: PDF, CSV and JSON',
      environment: {
        RESULTS_BUCKET: results.bucketName,
        QUARANTINE_BUCKET: quarantine.bucketName,
        STATE_MACHINE_ARN: stateMachineArn,
        DATABASE: databaseName,
        REPORT_LANGUAGE: language.valueAsString,
      },
      memoryMiB: 512,
      timeout: Duration.minutes(10),
      statements: [
        ...readObjects('Evaluations', results.bucketArn, [
          `${qualityPrefix}evaluations/`,
          `${qualityPrefix}incidents/`,
        ]),
        // Whether a held file is still there; not what is in it.
        listObjects('HeldFilesRaw', raw.bucketArn),
        listObjects('HeldFilesQuarantined', quarantine.bucketArn),
        catalog.readTables('ReadTables'),
        allow({ sid: 'ListRuns', actions: ['states:ListExecutions'], resources: [stateMachineArn] }),
        allow({ sid: 'SeeRuns', actions: ['states:DescribeExecution'], resources: [runs] }),
        writeObjects('QualityReports', results.bucketArn, [`${qualityPrefix}reports/`]),
      ],
    });
    this.#schedule(report);
  }

  #schedule(report: LakeFunction): void {
    const rule = new events.CfnRule(this, 'Rule', {
      name: 'lacustre-weekly-report',
      description: 'Makes the quality report, Mondays at 06:00 UTC',
      scheduleExpression: 'cron(0 6 ? * MON *)',
      targets: [{ id: 'report', arn: report.function.functionArn }],
    });
    report.isInvokedBy(rule);
  }
}
