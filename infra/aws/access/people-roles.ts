import { Aws, Duration, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { LakeCatalog } from '../catalog/lake-catalog.ts';
import { auditPrefix, lakePrefix, qualityPrefix, versionsPrefix } from '../names.ts';
import type { IngestPipeline } from '../pipeline/ingest-pipeline.ts';
import type { LakeQuery } from '../query/lake-query.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';
import type { LakeTrail } from '../trail/lake-trail.ts';
import { nameOverflowPolicies } from './name-overflow-policies.ts';
import { allow, deny, readObjects, writeObjects } from './statement.ts';

export const people = ['administrator', 'engineer', 'analyst', 'viewer'] as const;
export type Person = (typeof people)[number];

export interface PeopleRolesProps {
  storage: LakeStorage;
  catalog: LakeCatalog;
  query: LakeQuery;
  pipeline: IngestPipeline;
  trail: LakeTrail;
}

/**
 * The four roles that people act as. The console assumes the signed-in person's role for every call, so these policies
 * and not only its pages decide. Each role holds what the one before it holds, and more:
 * viewer (sees tables and runs) < analyst (queries, drops files) < engineer (deletes, re-runs, contracts) < administrator.
 */
export class PeopleRoles extends Construct {
  readonly roles: Record<Person, iam.Role>;

  constructor(scope: Construct, id: string, props: PeopleRolesProps) {
    super(scope, id);
    const viewer = viewerStatements(props);
    const analyst = [...viewer, ...analystStatements(props)];
    const engineer = [...analyst, ...engineerStatements(props)];
    const statements: Record<Person, iam.PolicyStatement[]> = {
      viewer,
      analyst,
      engineer,
      administrator: [...engineer, ...administratorStatements(props)],
    };
    const roles = people.map(
      (person) => [person, this.#role(person, [...statements[person], ...seeOwnRole(person)])] as const,
    );
    this.roles = Object.fromEntries(roles) as Record<Person, iam.Role>;
    nameOverflowPolicies(this);
    Validations.of(this.roles.administrator).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Only ListRoles has it: IAM knows no resource for it, so that listing is allowed whole or not at all.',
    });
  }

  #role(person: Person, statements: iam.PolicyStatement[]): iam.Role {
    const role = new iam.Role(this, person, {
      roleName: `lacustre-${person}`,
      description: `What a person with the role ${person} may do in the lake`,
      // Whoever assumes it needs sts:AssumeRole on it as well: the console's own identity has that, nobody else.
      assumedBy: new iam.AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(12),
    });
    // Copies: a statement belongs to one policy.
    for (const statement of statements) role.addToPolicy(iam.PolicyStatement.fromJson(statement.toStatementJson()));
    return role;
  }
}

/** Everybody may ask why they can see a table, or cannot: the answer is in their own role's policies. */
function seeOwnRole(person: Person): iam.PolicyStatement[] {
  return [
    allow({
      sid: 'SeeOwnRole',
      actions: ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
      resources: [iamArn(`role/lacustre-${person}`)],
    }),
    allow({
      sid: 'SeeOwnPolicies',
      actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
      resources: [iamArn(`policy/lacustre-${person}-*`)],
    }),
  ];
}

const iamArn = (resource: string) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:${resource}`;

function viewerStatements({ storage, catalog, query, pipeline }: PeopleRolesProps): iam.PolicyStatement[] {
  const { processed, results } = storage.buckets;
  const { stateMachineArn, stateMachineName } = pipeline.stateMachine;
  const executions = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${stateMachineName}:*`;
  return [
    catalog.readTables('SeeTables'),
    catalog.readJobs('SeeJobs'),
    ...readObjects('SeeTableData', processed.bucketArn),
    ...readObjects('SeeRunRecords', results.bucketArn, ['runs/', 'transforms/', 'athena/', 'lineage/', qualityPrefix]),
    catalog.readRulesets('SeeRules'),
    writeObjects('OwnQueryResults', results.bucketArn, ['athena/']),
    query.runQueries('SampleTables'),
    // Whoever does something in the console leaves the end of its audit trail in the lake.
    allow({ sid: 'AnchorAudit', actions: ['s3:PutObject'], resources: [results.arnForObjects(`${auditPrefix}*`)] }),
    allow({
      sid: 'SeeRuns',
      actions: ['states:ListExecutions', 'states:DescribeStateMachine'],
      resources: [stateMachineArn],
    }),
    allow({
      sid: 'SeeRun',
      actions: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:DescribeStateMachineForExecution'],
      resources: [executions],
    }),
  ];
}

function analystStatements({ storage, query, catalog, pipeline }: PeopleRolesProps): iam.PolicyStatement[] {
  const { raw, quarantine, results } = storage.buckets;
  return [
    ...readObjects('SeeRawFiles', raw.bucketArn),
    writeObjects('DropFiles', raw.bucketArn),
    allow({ sid: 'ResumeUploads', actions: ['s3:ListBucketMultipartUploads'], resources: [raw.bucketArn] }),
    ...readObjects('SeeQuarantine', quarantine.bucketArn),
    catalog.keepVersions('PastTables'),
    catalog.readStaged('SeeStagedRows'),
    allow({
      sid: 'CheckQuality',
      actions: ['lambda:InvokeFunction'],
      resources: [pipeline.qualityFunction.functionArn],
    }),
    // Listing the bucket comes with the records of runs.
    allow({
      sid: 'SeePastTableData',
      actions: ['s3:GetObject'],
      resources: [results.arnForObjects(`${versionsPrefix}*`)],
    }),
    writeObjects('IncidentDeeds', results.bucketArn, ['quality/incidents/']),
    writeObjects('TableProfiles', results.bucketArn, ['quality/profiles/']),
    writeObjects('PastTableData', results.bucketArn, [versionsPrefix]),
    query.saveQueries('SaveQueries'),
  ];
}

function engineerStatements({ storage, catalog, pipeline }: PeopleRolesProps): iam.PolicyStatement[] {
  const { raw, quarantine, processed } = storage.buckets;
  const { stateMachineArn, stateMachineName } = pipeline.stateMachine;
  const executions = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${stateMachineName}:*`;
  return [
    allow({
      sid: 'DeleteFiles',
      actions: ['s3:DeleteObject'],
      resources: [raw.arnForObjects('*'), quarantine.arnForObjects('*')],
    }),
    // A deleted file comes back as a new version, in quarantine too.
    writeObjects('RestoreQuarantine', quarantine.bucketArn),
    writeObjects('LakeDocuments', processed.bucketArn, [lakePrefix]),
    allow({
      sid: 'RemoveLakeDocuments',
      actions: ['s3:DeleteObject'],
      resources: [processed.arnForObjects(`${lakePrefix}*`)],
    }),
    catalog.writeTables('ChangeTables'),
    catalog.editRulesets('ChangeRules'),
    catalog.runJob('RunJobs'),
    catalog.runCrawler('RunCrawler'),
    allow({ sid: 'StartRuns', actions: ['states:StartExecution'], resources: [stateMachineArn] }),
    allow({ sid: 'StopRuns', actions: ['states:StopExecution', 'states:RedriveExecution'], resources: [executions] }),
    allow({
      sid: 'ReadLogs',
      actions: ['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:DescribeLogStreams'],
      resources: ['/aws/lambda/lacustre-*', '/aws-glue/*'].map(
        (group) => `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${group}`,
      ),
    }),
  ];
}

function administratorStatements({ storage, trail }: PeopleRolesProps): iam.PolicyStatement[] {
  const buckets = Object.values(storage.buckets);
  const audit = storage.buckets.results.arnForObjects(`${auditPrefix}*`);
  return [
    allow({ sid: 'SeeAuditAnchors', actions: ['s3:GetObject'], resources: [audit] }),
    // Not even they: what the lake remembers of the audit trail is what tells on its database.
    deny({ sid: 'KeepAuditAnchors', actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: [audit] }),
    ...trail.readTrail(),
    allow({
      sid: 'DeleteVersions',
      actions: ['s3:DeleteObjectVersion'],
      resources: buckets.map((bucket) => bucket.arnForObjects('*')),
    }),
    allow({
      sid: 'SeeBucketSettings',
      actions: [
        's3:GetBucketVersioning',
        's3:GetBucketPolicy',
        's3:GetBucketCORS',
        's3:GetBucketNotification',
        's3:GetEncryptionConfiguration',
        's3:GetBucketPublicAccessBlock',
        's3:GetLifecycleConfiguration',
      ],
      resources: buckets.map((bucket) => bucket.bucketArn),
    }),
    allow({
      sid: 'SeeRoles',
      actions: [
        'iam:GetRole',
        'iam:ListRolePolicies',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRoleTags',
      ],
      resources: [iamArn('role/lacustre-*')],
    }),
    allow({
      sid: 'SeePolicies',
      actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
      resources: [iamArn('policy/lacustre-*')],
    }),
    allow({ sid: 'ListRoles', actions: ['iam:ListRoles'], resources: ['*'] }),
  ];
}
