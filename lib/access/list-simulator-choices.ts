import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { sessionName } from '@/lib/aws/assume-role';
import { getLake, type Lake } from '@/lib/aws/lake';
import { listTables } from '@/lib/catalog/list-tables';
import type { ResourceChoice, SimulatorChoices } from './decision-schemas';
import { listPeople } from './list-people';
import { listRoles } from './roles/list-roles';

/** Who and what a request can be simulated of: the roles of the lake, its people, and what is in it. */
export async function listSimulatorChoices(ctx: Context, _input: Record<string, never>): Promise<SimulatorChoices> {
  requirePermission(ctx, 'access:read');
  const lake = await getLake();
  const [roles, people, { tables }] = await Promise.all([
    listRoles(ctx, {}),
    listPeople(ctx, {}),
    listTables(ctx, { database: lake.database }),
  ]);
  return {
    roles: roles.map(({ roleName, roleArn }) => ({ name: roleName, arn: roleArn })),
    people: people
      .filter(({ isActive }) => isActive)
      .map(({ name, email, role }) => ({ name, email, role, arn: sessionArn(lake.roleArns[role], email) })),
    resources: [...resourcesOf(lake), ...tables.flatMap(({ name }) => tableResources(lake, name))],
  };
}

function sessionArn(roleArn: string, email: string): string {
  const [, partition, , , account] = roleArn.split(':');
  return `arn:${partition}:sts::${account}:assumed-role/${roleArn.split('/').at(-1)}/${sessionName(email)}`;
}

function arnMaker({ stateMachineArn }: Lake) {
  const [, partition, , region, account] = stateMachineArn.split(':');
  return {
    s3: (path: string) => `arn:${partition}:s3:::${path}`,
    of: (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
  };
}

function resourcesOf(lake: Lake): ResourceChoice[] {
  const { s3, of } = arnMaker(lake);
  const buckets = {
    raw: lake.rawBucket,
    quarantine: lake.quarantineBucket,
    processed: lake.processedBucket,
    results: lake.resultsBucket,
  };
  return [
    ...Object.entries(buckets).map(([name, bucket]) => ({ kind: 'bucket' as const, name, arn: s3(bucket) })),
    ...Object.entries(buckets).map(([name, bucket]) => ({
      kind: 'file' as const,
      name,
      arn: s3(`${bucket}/folder/file.csv`),
    })),
    { kind: 'workGroup', name: lake.workGroup, arn: of('athena', `workgroup/${lake.workGroup}`) },
    { kind: 'stateMachine', name: lake.stateMachineArn.split(':').at(-1) ?? '', arn: lake.stateMachineArn },
    { kind: 'function', name: lake.qualityFunction, arn: of('lambda', `function:${lake.qualityFunction}`) },
    { kind: 'job', name: lake.transformJob, arn: of('glue', `job/${lake.transformJob}`) },
    { kind: 'crawler', name: lake.crawler, arn: of('glue', `crawler/${lake.crawler}`) },
    { kind: 'catalog', name: 'Glue', arn: of('glue', 'catalog') },
    { kind: 'database', name: lake.database, arn: of('glue', `database/${lake.database}`) },
    ...Object.values(lake.roleArns).map((arn) => ({ kind: 'role' as const, name: arn.split('/').at(-1) ?? '', arn })),
  ];
}

function tableResources(lake: Lake, name: string): ResourceChoice[] {
  const { s3, of } = arnMaker(lake);
  return [
    { kind: 'table', name, arn: of('glue', `table/${lake.database}/${name}`) },
    { kind: 'tableFile', name, arn: s3(`${lake.processedBucket}/${name}/part.parquet`) },
  ];
}
