import 'server-only';
import { GetTablesCommand } from '@aws-sdk/client-glue';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake, type Lake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { Decider } from '../decider';
import { listPeople } from '../list-people';
import { readBucketPolicy } from '../read-bucket-policy';
import { readPrincipal } from '../read-principal';
import { listLakeRoles } from '../roles/lake-roles';
import type { MatrixDataset } from './dataset-requests';
import type { MatrixRole } from './schemas';

const READ_AT_ONCE = 4;

/** What decisions are made of: every policy is read and compiled once, however many datasets there are. */
export interface MatrixGround {
  lake: Lake;
  datasets: MatrixDataset[];
  roles: MatrixRole[];
  /** One for each role, in their order. */
  deciders: Decider[];
  /** Policies of buckets that could not be read. */
  unread: string[];
}

export async function readGround(ctx: Context, { withServices }: { withServices: boolean }): Promise<MatrixGround> {
  const lake = await getLake();
  const [datasets, allRoles, people] = await Promise.all([
    listTables(ctx, lake.database),
    listLakeRoles(ctx),
    listPeople(ctx, {}),
  ]);
  const wanted = allRoles.filter(({ role }) => withServices || role);
  const [principals, { buckets, unread }] = await Promise.all([
    withLimit(wanted, READ_AT_ONCE, ({ roleName }) => readPrincipal(ctx, roleName)),
    readBuckets(ctx, lake, datasets),
  ]);
  const active = people.filter(({ isActive }) => isActive);
  return {
    lake,
    datasets,
    roles: principals.map(({ roleName, roleArn, unread: policies }, index) => {
      const role = wanted[index]?.role;
      const holders = active.filter((each) => each.role === role);
      return {
        ...{ roleName, roleArn, unread: policies.map(({ name }) => name) },
        ...(role ? { role, people: holders.map(({ id, name, email }) => ({ id, name, email })) } : {}),
      };
    }),
    deciders: principals.map((principal) => new Decider(principal, buckets)),
    unread,
  };
}

async function listTables(ctx: Context, database: string): Promise<MatrixDataset[]> {
  const { items } = await collectPages(async (NextToken) => {
    const page = await ctx.aws.glue.send(new GetTablesCommand({ DatabaseName: database, NextToken })).catch(none);
    return { items: page.TableList, next: page.NextToken };
  });
  const tables = items.map(({ Name: name = '', StorageDescriptor }) => {
    const location = StorageDescriptor?.Location;
    return location ? { name, location } : { name };
  });
  return tables.sort((a, b) => a.name.localeCompare(b.name));
}

/** A lake that has never seen a file may have no database yet. */
function none(error: unknown): { TableList: []; NextToken: undefined } {
  if (toAppError(error).code === 'NOT_FOUND') return { TableList: [], NextToken: undefined };
  throw error;
}

async function readBuckets(ctx: Context, lake: Lake, datasets: readonly MatrixDataset[]) {
  const located = datasets.flatMap(({ location }) => /^s3[an]?:\/\/([^/]+)/.exec(location ?? '')?.[1] ?? []);
  const names = [...new Set([lake.rawBucket, lake.processedBucket, lake.resultsBucket, ...located])];
  const found = await withLimit(names, READ_AT_ONCE, (name) => readBucketPolicy(ctx, name));
  return {
    buckets: new Map(found.flatMap(({ policy }) => (policy ? [[policy.name, policy] as const] : []))),
    unread: found.flatMap(({ unread }) => unread.map(({ name }) => name)),
  };
}
