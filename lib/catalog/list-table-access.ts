import 'server-only';
import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  type AccessRequest,
  type BucketFinding,
  Decider,
  listPeople,
  readBucketPolicy,
  readPrincipal,
} from '@/lib/access';
import { type Context, can, requirePermission } from '@/lib/auth';
import { ROLES, type Role } from '@/lib/auth/permissions';
import { getLake, type Lake } from '@/lib/aws/lake';
import { readDatasetAddress } from './dataset-address';
import {
  ACCESS_PARTS,
  type AccessPart,
  ListTableAccess,
  type RoleAccess,
  type TableAccess,
  type TableDecision,
} from './schemas';
import { tableRequests } from './table-requests';

/**
 * Returns who can read a table, and by which statement of which policy: AWS's own rules over the policies that are there
 * now. Who may not see others (`people:read`) gets their own row.
 */
export async function listTableAccess(ctx: Context, raw: ListTableAccess): Promise<TableAccess> {
  requirePermission(ctx, 'datasets:read');
  const { table } = ListTableAccess.parse(raw);
  const lake = await getLake();
  const isWhole = can(ctx.role, 'people:read');
  const requests = await requestsFor(ctx, table, lake);
  const bucket = await bucketFinding(ctx, requests.bucket, isWhole);
  const { user, role: own } = ctx;
  const [roles, people] = await Promise.all([
    Promise.all((isWhole ? ROLES : [own]).map((role) => accessOf(ctx, role, lake, requests.parts, bucket))),
    isWhole ? listPeople(ctx, {}) : [{ ...user, role: own, isActive: true }],
  ]);
  return {
    roles,
    people: people.filter(({ isActive }) => isActive).map(({ id, name, email, role }) => ({ id, name, email, role })),
    isWhole,
  };
}

async function requestsFor(ctx: Context, address: string, lake: Lake) {
  const { database, name } = readDatasetAddress(address, lake.database);
  const { Table } = await ctx.aws.glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
  return tableRequests({ database, name, location: Table?.StorageDescriptor?.Location }, lake);
}

/** Only who may see others may read what a bucket says of them. */
async function bucketFinding(ctx: Context, bucket: string | undefined, isWhole: boolean): Promise<BucketFinding> {
  if (!bucket) return { unread: [] };
  return isWhole ? readBucketPolicy(ctx, bucket) : { unread: [{ name: bucket, reason: 'denied' }] };
}

async function accessOf(
  ctx: Context,
  role: Role,
  lake: Lake,
  parts: Record<AccessPart, AccessRequest[]>,
  bucket: BucketFinding,
): Promise<RoleAccess> {
  const principal = await readPrincipal(ctx, lake.roleArns[role].split('/').at(-1) ?? '');
  const decider = new Decider(principal, new Map(bucket.policy ? [[bucket.policy.name, bucket.policy]] : []));
  const decide = (request: AccessRequest): TableDecision => {
    const decision = decider.decide(request);
    const statement = decider.statement(decision);
    return statement ? { ...decision, statement } : decision;
  };
  const decisions = ACCESS_PARTS.map((part) => [part, parts[part].map(decide)] as const);
  return {
    role,
    roleName: principal.roleName,
    decisions: Object.fromEntries(decisions) as RoleAccess['decisions'],
    unread: [...principal.unread, ...bucket.unread].map(({ name }) => name),
  };
}
