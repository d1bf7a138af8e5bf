import { readFileSync } from 'node:fs';
import { Aws, Duration, Validations } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { serviceOfThisAccount } from '../access/service-principal.ts';
import { allow, listObjects, readObjects, writeObjects } from '../access/statement.ts';
import type { LakeCatalog } from '../catalog/lake-catalog.ts';
import { databaseName, lakePrefix, qualityPrefix, stagedDatabaseName, stateMachineName } from '../names.ts';
import type { LakeQuery } from '../query/lake-query.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';
import { LakeFunction } from './lake-function.ts';

export interface IngestPipelineProps {
  storage: LakeStorage;
  catalog: LakeCatalog;
  query: LakeQuery;
}

/** Object Created in the raw zone → state machine (Validate, Transform, Quality, Catalog, or Quarantine). */
export class IngestPipeline extends Construct {
  readonly stateMachine: sfn.StateMachine;
  /** Evaluates the rules of a table: for runs, for people and every day. */
  readonly qualityFunction: lambda.Function;

  constructor(scope: Construct, id: string, props: IngestPipelineProps) {
    super(scope, id);
    const functions = this.#functions(props);
    this.qualityFunction = functions.quality.function;
    this.stateMachine = this.#stateMachine(functions, props);
    this.#rule(props);
    this.#schedule(functions.quality);
  }

  #functions({ storage, catalog, query }: IngestPipelineProps) {
    const { raw, quarantine, processed, results } = storage.buckets;
    const scope = { PARTITION: Aws.PARTITION, ACCOUNT: Aws.ACCOUNT_ID };
    const zoneNames = { PROCESSED_BUCKET: processed.bucketName, RESULTS_BUCKET: results.bucketName };
    const tables = { WORK_GROUP: query.workGroupName, DATABASE: databaseName, STAGED_DATABASE: stagedDatabaseName };
    // By its name: the machine itself is made of the functions.
    const stateMachineArn = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${stateMachineName}`;
    const validate = new LakeFunction(this, 'Validate', {
      name: 'validate',
      description: 'Checks a new file of the raw zone against its dataset’s contract',
      environment: { ...scope, ...zoneNames, DATABASE: databaseName, GRAPHS: catalog.graphs },
      memoryMiB: 512,
      timeout: Duration.minutes(1),
      statements: [
        ...readObjects('RawFiles', raw.bucketArn),
        ...readObjects('LakeDocuments', processed.bucketArn, [lakePrefix]),
        writeObjects('Contracts', processed.bucketArn, [`${lakePrefix}contracts/`]),
        writeObjects('RunRecords', results.bucketArn, ['runs/']),
        catalog.readRulesets('FindGates'),
      ],
    });
    const redraft = new LakeFunction(this, 'Redraft', {
      name: 'redraft',
      description: 'Widens a contract that was drafted from the beginning of a file by what the rest of it holds',
      environment: { PROCESSED_BUCKET: processed.bucketName },
      memoryMiB: 256,
      timeout: Duration.minutes(1),
      statements: [
        ...readObjects('Contracts', processed.bucketArn, [`${lakePrefix}contracts/`]),
        writeObjects('Contracts', processed.bucketArn, [`${lakePrefix}contracts/`]),
      ],
    });
    const quarantineFunction = new LakeFunction(this, 'Quarantine', {
      name: 'quarantine',
      description: 'Moves a rejected file from the raw zone into quarantine',
      environment: { ...zoneNames, QUARANTINE_BUCKET: quarantine.bucketName, STATE_MACHINE_ARN: stateMachineArn },
      memoryMiB: 256,
      timeout: Duration.minutes(10),
      statements: [
        ...readObjects('RawFiles', raw.bucketArn),
        allow({
          sid: 'RemoveRejectedVersions',
          actions: ['s3:DeleteObjectVersion'],
          resources: [raw.arnForObjects('*')],
        }),
        ...readObjects('Quarantined', quarantine.bucketArn),
        writeObjects('Quarantined', quarantine.bucketArn),
        ...readObjects('RunRecords', results.bucketArn, ['runs/']),
        writeObjects('RunRecords', results.bucketArn, ['runs/']),
        ...readObjects('WhoseRows', processed.bucketArn),
        allow({ sid: 'RunUncoveredVersions', actions: ['states:StartExecution'], resources: [stateMachineArn] }),
      ],
    });
    const catalogFunction = new LakeFunction(this, 'Catalog', {
      name: 'catalog',
      description: 'Creates or updates the tables a run wrote, and checks that their rows can be queried',
      environment: { ...zoneNames, ...tables },
      memoryMiB: 256,
      timeout: Duration.minutes(5),
      statements: [
        ...readObjects('TransformReports', results.bucketArn, ['transforms/', 'runs/', 'athena/']),
        writeObjects('QueryResults', results.bucketArn, ['athena/', 'runs/']),
        ...readObjects('Tables', processed.bucketArn),
        writeObjects('FileCatalogue', processed.bucketArn, [`${lakePrefix}files/`]),
        allow({
          sid: 'FileCatalogueRemove',
          actions: ['s3:DeleteObject'],
          resources: [processed.arnForObjects(`${lakePrefix}files/*`)],
        }),
        listObjects('RawFilesList', raw.bucketArn),
        catalog.readTables('ReadTables'),
        catalog.writeTables('WriteTables'),
        catalog.deleteStaged('ForgetStagedRows'),
        query.runQueries('CountRows'),
      ],
    });
    const quality = new LakeFunction(this, 'Quality', {
      name: 'quality',
      description: 'Evaluates the rules of a table, with or without the rows of a file that waits for them',
      environment: { ...scope, ...zoneNames, ...tables },
      memoryMiB: 512,
      timeout: Duration.minutes(15),
      statements: [
        ...readObjects('Records', results.bucketArn, [qualityPrefix, 'transforms/', 'athena/']),
        writeObjects('Records', results.bucketArn, [qualityPrefix, 'runs/', 'athena/']),
        ...readObjects('Tables', processed.bucketArn),
        catalog.readTables('ReadTables'),
        catalog.keepStaged('StagedTables'),
        catalog.readRulesets('ReadRules'),
        query.runQueries('EvaluateRules'),
      ],
    });
    return { validate, redraft, quarantine: quarantineFunction, catalog: catalogFunction, quality };
  }

  #stateMachine(
    functions: Record<'validate' | 'redraft' | 'quarantine' | 'catalog' | 'quality', LakeFunction>,
    { storage, catalog }: IngestPipelineProps,
  ): sfn.StateMachine {
    const role = new iam.Role(this, 'Role', {
      roleName: 'lacustre-ingest-role',
      description: 'For the pipeline itself: invokes its functions and runs the transform job',
      assumedBy: serviceOfThisAccount('states'),
    });
    const arns = Object.values(functions).map(({ function: { functionArn } }) => functionArn);
    role.addToPolicy(allow({ sid: 'RunFunctions', actions: ['lambda:InvokeFunction'], resources: arns }));
    role.addToPolicy(catalog.runJob('RunTransformJob'));
    const machine = new sfn.StateMachine(this, 'StateMachine', {
      stateMachineName,
      definitionBody: sfn.DefinitionBody.fromString(readFileSync(`${import.meta.dirname}/ingest.asl.json`, 'utf8')),
      definitionSubstitutions: {
        ValidateFunctionArn: functions.validate.function.functionArn,
        RedraftFunctionArn: functions.redraft.function.functionArn,
        QuarantineFunctionArn: functions.quarantine.function.functionArn,
        CatalogFunctionArn: functions.catalog.function.functionArn,
        QualityFunctionArn: functions.quality.function.functionArn,
        TransformJobName: catalog.jobName,
        DatabaseName: databaseName,
        ProcessedBucket: storage.buckets.processed.bucketName,
        ResultsBucket: storage.buckets.results.bucketName,
      },
      role,
    });
    Validations.of(machine).acknowledge(
      {
        id: 'AwsSolutions-SF1',
        reason: 'A standard execution keeps its whole history for 90 days; the console reads that.',
      },
      { id: 'AwsSolutions-SF2', reason: 'The functions are not traced; the history has the times of every state.' },
    );
    return machine;
  }

  #rule({ storage }: IngestPipelineProps): void {
    const role = new iam.Role(this, 'EventsRole', {
      roleName: 'lacustre-events-role',
      description: 'For the rule of the raw zone: starts the pipeline when a file comes or goes',
      assumedBy: serviceOfThisAccount('events'),
    });
    role.addToPolicy(
      allow({ sid: 'StartRuns', actions: ['states:StartExecution'], resources: [this.stateMachine.stateMachineArn] }),
    );
    const bucket = { name: [storage.buckets.raw.bucketName] };
    const rule = new events.CfnRule(this, 'Rule', {
      name: 'lacustre-raw-objects',
      description: 'A file of the raw zone came, was replaced or was deleted',
      eventPattern: {
        source: ['aws.s3'],
        $or: [
          { 'detail-type': ['Object Created'], detail: { bucket } },
          // A version that is deleted for good (as quarantine does) changes no current file; a delete marker does.
          { 'detail-type': ['Object Deleted'], detail: { bucket, 'deletion-type': ['Delete Marker Created'] } },
        ],
      },
      targets: [{ id: 'ingest', arn: this.stateMachine.stateMachineArn, roleArn: role.roleArn }],
    });
    rule.node.addDependency(role);
  }

  /** Data grow old without a run: freshness is looked at every morning. */
  #schedule(quality: LakeFunction): void {
    const rule = new events.CfnRule(this, 'Daily', {
      name: 'lacustre-daily-quality',
      description: 'Evaluates every table that has rules',
      scheduleExpression: 'cron(0 4 * * ? *)',
      targets: [{ id: 'quality', arn: quality.function.functionArn, input: JSON.stringify({ schedule: true }) }],
    });
    quality.isInvokedBy(rule);
  }
}
