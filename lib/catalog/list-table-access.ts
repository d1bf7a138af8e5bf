import 'server-only';
import { GetTableCommand } from '@aws-sdk/client-glue';
import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import { listPeople, type ReadPolicies, readRolePolicies } from '@/lib/access';
import { type Context, can, requirePermission } from '@/lib/auth';
import { ROLES, type Role } from '@/lib/auth/permissions';
import { toAppError } from '@/lib/aws/errors';
import { getLake, type Lake } from '@/lib/aws/lake';
import { type CompiledPolicy, compilePolicy } from '@/lib/languages/iam-policy/compile-policy.ts';
import { evaluate } from '@/lib/languages/iam-policy/evaluate.ts';
import { parsePolicy } from '@/lib/languages/iam-policy/parse-policy.ts';
import { readDatasetAddress } from './dataset-address';
import {
  ACCESS_PARTS,
  type AccessDecision,
  type AccessPart,
  ListTableAccess,
  type RoleAccess,
  type TableAccess,
} from './schemas';
import { type AccessRequest, tableRequests } from './table-requests';

/** A bucket's own policy, compiled and as it is written. */
interface BucketPolicy {
  compiled: CompiledPolicy;
  text: string;
}

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
  const bucket = isWhole ? await readBucketPolicy(ctx, requests.bucket) : { unread: bucketOnly(requests.bucket) };
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

interface BucketFinding {
  policy?: BucketPolicy;
  unread: string[];
}

const bucketOnly = (bucket: string | undefined) => (bucket ? [bucket] : []);

async function readBucketPolicy(ctx: Context, bucket: string | undefined): Promise<BucketFinding> {
  if (!bucket) return { unread: [] };
  try {
    const { Policy: text = '' } = await ctx.aws.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return { policy: { compiled: compilePolicy(bucket, parsePolicy(text, 'resource')), text }, unread: [] };
  } catch (error) {
    const { code, details } = toAppError(error);
    if (details?.awsError === 'NoSuchBucketPolicy') return { unread: [] };
    // Not a bucket of the lake: only its own account says who else may read it.
    if (code === 'FORBIDDEN' || code === 'NOT_FOUND') return { unread: [bucket] };
    throw error;
  }
}

async function accessOf(
  ctx: Context,
  role: Role,
  lake: Lake,
  parts: Record<AccessPart, AccessRequest[]>,
  bucket: BucketFinding,
): Promise<RoleAccess> {
  const roleArn = lake.roleArns[role];
  const roleName = roleArn.split('/').at(-1) ?? '';
  const policies = await readRolePolicies(ctx, roleName);
  const decide = (request: AccessRequest) => decisionOn(request, roleArn, policies, bucket.policy);
  const decisions = ACCESS_PARTS.map((part) => [part, parts[part].map(decide)] as const);
  return {
    role,
    roleName,
    decisions: Object.fromEntries(decisions) as RoleAccess['decisions'],
    unread: [...policies.unread, ...bucket.unread],
  };
}

function decisionOn(
  { action, resource, isInBucket }: AccessRequest,
  roleArn: string,
  { inline, documents }: ReadPolicies,
  bucket: BucketPolicy | undefined,
): AccessDecision {
  const account = roleArn.split(':')[4] ?? '';
  const arn = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/console`;
  // What the console's own requests bring along: a key that they have not is one that no condition finds.
  const keys: Record<string, string[]> = { 'aws:securetransport': ['true'], 'aws:principalarn': [roleArn] };
  const decision = evaluate(
    { principal: { arn, accountId: account, roleArn }, action, resource, lookup: (key) => keys[key] },
    { identity: inline, ...(isInBucket && bucket ? { resource: bucket.compiled } : {}) },
  );
  const { result, by, source } = decision;
  if (!by) return { action, resource, result };
  const text = source === 'resource' ? bucket?.text : documents.get(by.policy);
  return {
    ...{ action, resource, result, policy: by.policy },
    ...(by.sid ? { sid: by.sid } : {}),
    ...(text ? { statement: statementOf(text, by.index) } : {}),
  };
}

/** A policy of one statement may have it without a list. */
function statementOf(document: string, index: number): string {
  const { Statement } = JSON.parse(document) as { Statement: unknown };
  return JSON.stringify([Statement].flat()[index], null, 2);
}
