import { CfnParameter, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { allow, readObjects, writeObjects } from '../access/statement.ts';
import type { LakeCatalog } from '../catalog/lake-catalog.ts';
import { databaseName, lakePrefix } from '../names.ts';
import type { IngestPipeline } from '../pipeline/ingest-pipeline.ts';
import { LakeFunction } from '../pipeline/lake-function.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';

/** Events that could not be kept or given away, until a later try succeeds. */
const failed = 'lineage/failed/';

export interface LakeLineageProps {
  storage: LakeStorage;
  catalog: LakeCatalog;
  pipeline: IngestPipeline;
}

/** Keeps each new status of a run as an OpenLineage event, and posts it to an endpoint where the stack is given one. */
export class LakeLineage extends Construct {
  constructor(scope: Construct, id: string, { storage, catalog, pipeline }: LakeLineageProps) {
    super(scope, id);
    const { processed, results } = storage.buckets;
    // Of the stack itself: whoever deploys it gives them by these names.
    const url = new CfnParameter(scope, 'OpenLineageUrl', {
      default: '',
      description: 'Where OpenLineage events are posted to as well: an https:// address; empty for nowhere',
    });
    const apiKey = new CfnParameter(scope, 'OpenLineageApiKey', {
      default: '',
      noEcho: true,
      description: 'Bearer token for that address',
    });
    const lineage = new LakeFunction(this, 'Lineage', {
      name: 'lineage',
      description: 'Keeps what each run read and wrote as an OpenLineage event',
      environment: {
        PROCESSED_BUCKET: processed.bucketName,
        RESULTS_BUCKET: results.bucketName,
        DATABASE: databaseName,
        OPENLINEAGE_URL: url.valueAsString,
        OPENLINEAGE_API_KEY: apiKey.valueAsString,
      },
      memoryMiB: 256,
      timeout: Duration.minutes(1),
      statements: [
        ...readObjects('RunRecords', results.bucketArn, ['runs/', 'transforms/', failed]),
        ...readObjects('LakeDocuments', processed.bucketArn, [lakePrefix]),
        catalog.readGraphs('ReadGraphs'),
        catalog.readTables('ReadTables'),
        writeObjects('LineageEvents', results.bucketArn, ['lineage/events/', failed]),
        allow({ sid: 'FailuresDelete', actions: ['s3:DeleteObject'], resources: [`${results.bucketArn}/${failed}*`] }),
      ],
    });
    this.#rule(lineage, pipeline);
  }

  #rule(lineage: LakeFunction, { stateMachine }: IngestPipeline): void {
    const rule = new events.CfnRule(this, 'Rule', {
      name: 'lacustre-run-status',
      description: 'A run began or ended',
      eventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachine.stateMachineArn] },
      },
      targets: [{ id: 'lineage', arn: lineage.function.functionArn }],
    });
    lineage.isInvokedBy(rule);
  }
}
