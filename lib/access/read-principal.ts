import 'server-only';
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  type Role as IamRole,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Context } from '@/lib/auth/context';
import { toAppError } from '@/lib/aws/errors';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { type CompiledPolicy, compilePolicy } from '@/lib/languages/iam-policy/compile-policy.ts';
import type { PolicySet } from '@/lib/languages/iam-policy/evaluate.ts';
import { parsePolicy } from '@/lib/languages/iam-policy/parse-policy.ts';
import { PolicyError } from '@/lib/languages/iam-policy/policy.ts';

const READ_AT_ONCE = 4;

/** A policy's JSON, as it is in force. */
export interface PolicyText {
  /** What people know it by; two policies of one role never share it. */
  name: string;
  kind: 'inline' | 'managed' | 'boundary' | 'trust';
  arn?: string;
  text: string;
}

/** Everything that IAM holds about what a role may do. */
export interface PrincipalPolicies {
  roleName: string;
  roleArn: string;
  description?: string;
  trust: PolicyText;
  /** Inline and managed policies: any of them may allow. */
  identity: PolicyText[];
  boundary?: PolicyText;
  /** ISO 8601; absent where AWS has seen no use of it in the last 400 days. */
  lastUsedAt?: string;
  createdAt?: string;
  maxSessionSeconds?: number;
  /** Policies that count and that our decisions do not know: denied to us, gone, or not a policy that can be read. */
  unread: UnreadPolicy[];
}

export interface UnreadPolicy {
  name: string;
  reason: 'denied' | 'missing' | 'unreadable';
}

type Reader = Pick<Context, 'aws'>;

/** A context is one request's: what was read for it holds until it ends, and not for the next. */
const read = new WeakMap<Reader, Map<string, Promise<PrincipalPolicies>>>();

/**
 * Reads a role with its inline policies, its managed ones in the version that is in force, its boundary and its trust, as
 * the person who asks: AWS refuses who may not. Reading the role itself must succeed; a policy that cannot be read is named
 * in `unread`.
 */
export function readPrincipal(ctx: Reader, roleName: string): Promise<PrincipalPolicies> {
  const roles = read.get(ctx) ?? new Map<string, Promise<PrincipalPolicies>>();
  read.set(ctx, roles);
  const known = roles.get(roleName);
  if (known) return known;
  const principal = readRole(ctx.aws.iam, roleName);
  roles.set(roleName, principal);
  principal.catch(() => roles.delete(roleName));
  return principal;
}

async function readRole(iam: IAMClient, RoleName: string): Promise<PrincipalPolicies> {
  const [{ Role }, names, attached] = await Promise.all([
    iam.send(new GetRoleCommand({ RoleName })),
    collectPages(async (Marker) => {
      const page = await iam.send(new ListRolePoliciesCommand({ RoleName, Marker }));
      return { items: page.PolicyNames, next: page.Marker };
    }),
    collectPages(async (Marker) => {
      const page = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }));
      return { items: page.AttachedPolicies, next: page.Marker };
    }),
  ]);
  const wanted = [
    ...names.items.map((name): PolicyRef => ({ kind: 'inline', name })),
    ...attached.items.map(({ PolicyArn: arn = '' }): PolicyRef => ({ kind: 'managed', name: lastOf(arn), arn })),
    ...boundaryOf(Role),
  ];
  const answers = await withLimit(named(wanted), READ_AT_ONCE, (policy) => readPolicy(iam, RoleName, policy));
  const policies = answers.flatMap(({ policy }) => policy ?? []);
  const boundary = policies.find(({ kind }) => kind === 'boundary');
  return {
    ...{ roleName: RoleName, roleArn: Role?.Arn ?? '' },
    trust: { name: 'trust', kind: 'trust', text: decoded(Role?.AssumeRolePolicyDocument) },
    identity: policies.filter(({ kind }) => kind !== 'boundary'),
    ...(boundary ? { boundary } : {}),
    ...factsOf(Role),
    unread: answers.flatMap(({ unread }) => unread ?? []),
  };
}

function factsOf(role: IamRole | undefined) {
  const { Description: description, RoleLastUsed, CreateDate, MaxSessionDuration: maxSessionSeconds } = role ?? {};
  const lastUsedAt = RoleLastUsed?.LastUsedDate?.toISOString();
  const createdAt = CreateDate?.toISOString();
  return {
    ...(description ? { description } : {}),
    ...(lastUsedAt ? { lastUsedAt } : {}),
    ...(createdAt ? { createdAt } : {}),
    ...(maxSessionSeconds ? { maxSessionSeconds } : {}),
  };
}

type PolicyRef = Omit<PolicyText, 'text'>;

const lastOf = (arn: string) => arn.split('/').at(-1) ?? '';

function boundaryOf(role: IamRole | undefined): PolicyRef[] {
  const arn = role?.PermissionsBoundary?.PermissionsBoundaryArn;
  return arn ? [{ kind: 'boundary', name: lastOf(arn), arn }] : [];
}

/** A policy is known by its name, or by its ARN where another one of the role has that name already. */
function named(policies: readonly PolicyRef[]): PolicyRef[] {
  const taken = new Set<string>();
  return policies.map((policy) => {
    const name = taken.has(policy.name) ? `${policy.kind} ${policy.arn ?? policy.name}` : policy.name;
    taken.add(name);
    return { ...policy, name };
  });
}

interface ReadPolicy {
  policy?: PolicyText;
  unread?: UnreadPolicy;
}

async function readPolicy(iam: IAMClient, roleName: string, ref: PolicyRef): Promise<ReadPolicy> {
  try {
    const text = ref.arn ? await managedText(iam, ref.arn) : await inlineText(iam, roleName, ref.name);
    const policy = { ...ref, text };
    return isReadable(policy, 'identity') ? { policy } : { policy, unread: { name: ref.name, reason: 'unreadable' } };
  } catch (error) {
    const { code } = toAppError(error);
    if (code === 'FORBIDDEN') return { unread: { name: ref.name, reason: 'denied' } };
    if (code === 'NOT_FOUND') return { unread: { name: ref.name, reason: 'missing' } };
    throw error;
  }
}

async function inlineText(iam: IAMClient, RoleName: string, PolicyName: string): Promise<string> {
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return decoded(PolicyDocument);
}

async function managedText(iam: IAMClient, PolicyArn: string): Promise<string> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return decoded(PolicyVersion?.Document);
}

/** AWS answers documents URL-encoded (RFC 3986). */
const decoded = (document: string | undefined) => decodeURIComponent(document ?? '');

const compiled = new WeakMap<object, CompiledPolicy | undefined>();

/** Compiles a policy once; undefined for one that AWS would refuse, which `unread` names. */
function compile(policy: { name: string; text: string }, kind: 'identity' | 'resource'): CompiledPolicy | undefined {
  if (!compiled.has(policy)) compiled.set(policy, tryCompile(policy, kind));
  return compiled.get(policy);
}

function tryCompile({ name, text }: { name: string; text: string }, kind: 'identity' | 'resource') {
  try {
    return compilePolicy(name, parsePolicy(text, kind));
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** Whether AWS, and so our evaluator, would take the document as a policy. */
export function isReadable(policy: { name: string; text: string }, kind: 'identity' | 'resource'): boolean {
  return compile(policy, kind) !== undefined;
}

/**
 * What decides a request of the role, ready for `evaluate`; `resource` is the policy of the bucket that is asked for.
 * Policies in `unread` are not in it. Cheap when asked again for the same objects.
 */
export function policySetOf(policies: PrincipalPolicies, resource?: { name: string; text: string }): PolicySet {
  const { identity, boundary } = policies;
  const own = resource && compile(resource, 'resource');
  const limit = boundary && compile(boundary, 'identity');
  return {
    identity: identity.flatMap((policy) => compile(policy, 'identity') ?? []),
    ...(limit ? { boundary: limit } : {}),
    ...(own ? { resource: own } : {}),
  };
}
