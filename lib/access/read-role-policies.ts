import 'server-only';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Context } from '@/lib/auth/context';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { AppError } from '@/lib/errors';
import { type CompiledPolicy, compilePolicy } from '@/lib/languages/iam-policy/compile-policy.ts';
import { parsePolicy } from '@/lib/languages/iam-policy/parse-policy.ts';

const READ_AT_ONCE = 4;

/** The policies of a role, as far as they can be read. */
export interface ReadPolicies {
  inline: CompiledPolicy[];
  /** The JSON of each inline policy, by its name. */
  documents: Map<string, string>;
  /** Managed policies and the boundary: they count as well, and are not among `inline`. */
  unread: string[];
}

/**
 * Reads a role's inline policies, which is how the lake gives its permissions. Decides no permissions of the console:
 * AWS does, as the person's role asks.
 */
export async function readRolePolicies(ctx: Pick<Context, 'aws'>, roleName: string): Promise<ReadPolicies> {
  const { iam } = ctx.aws;
  const [{ Role }, names, attached] = await Promise.all([
    iam.send(new GetRoleCommand({ RoleName: roleName })),
    collectPages(async (Marker) => {
      const page = await iam.send(new ListRolePoliciesCommand({ RoleName: roleName, Marker }));
      return { items: page.PolicyNames, next: page.Marker };
    }),
    collectPages(async (Marker) => {
      const page = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName, Marker }));
      return { items: page.AttachedPolicies, next: page.Marker };
    }),
  ]);
  const texts = await withLimit(names.items, READ_AT_ONCE, async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName }));
    // AWS answers documents URL-encoded (RFC 3986).
    return [PolicyName, decodeURIComponent(PolicyDocument ?? '')] as const;
  });
  const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    inline: texts.map(([name, text]) => compiled(roleName, name, text)),
    documents: new Map(texts),
    unread: [...attached.items.map(({ PolicyName = '' }) => PolicyName), ...(boundary ? [boundary] : [])],
  };
}

function compiled(roleName: string, name: string, text: string): CompiledPolicy {
  try {
    return compilePolicy(name, parsePolicy(text, 'identity'));
  } catch (cause) {
    throw new AppError(
      'UNAVAILABLE',
      `The policy ${name} of the role ${roleName} cannot be read: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}
