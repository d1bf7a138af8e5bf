import { Aws } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../access/statement.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';

/** A query that would scan more is stopped: 100 GB is about half a dollar on Athena. */
const scanCutOffBytes = 100_000_000_000;

/** The Athena workgroup that everybody's queries run in. */
export class LakeQuery extends Construct {
  readonly workGroupName = 'lacustre';

  constructor(scope: Construct, id: string, { storage }: { storage: LakeStorage }) {
    super(scope, id);
    new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroupName,
      description: 'Queries of the lake',
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanCutOffBytes,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${storage.buckets.results.bucketName}/athena/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }

  runQueries(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
        'athena:GetQueryExecution',
        'athena:BatchGetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryRuntimeStatistics',
        'athena:ListQueryExecutions',
        'athena:GetWorkGroup',
      ],
      resources: [this.#arn],
    });
  }

  saveQueries(sid: string): iam.PolicyStatement {
    return allow({
      sid,
      actions: [
        'athena:ListNamedQueries',
        'athena:GetNamedQuery',
        'athena:BatchGetNamedQuery',
        'athena:CreateNamedQuery',
        'athena:UpdateNamedQuery',
        'athena:DeleteNamedQuery',
        // PREPARE, EXECUTE and DEALLOCATE ask for them, too:
        // https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-prepared-statements.html
        'athena:CreatePreparedStatement',
        'athena:UpdatePreparedStatement',
        'athena:GetPreparedStatement',
        'athena:DeletePreparedStatement',
      ],
      resources: [this.#arn],
    });
  }

  get #arn(): string {
    return `arn:${Aws.PARTITION}:athena:${Aws.REGION}:${Aws.ACCOUNT_ID}:workgroup/${this.workGroupName}`;
  }
}
