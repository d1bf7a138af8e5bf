/** Who a key belongs to, and what its owner may do. */

import { compilePolicy } from '../../../../lib/languages/iam-policy/compile-policy.ts';
import { denialMessage } from '../../../../lib/languages/iam-policy/denial.ts';
import {
  type Decision,
  evaluate,
  type PolicyRequest,
  type PolicySet,
} from '../../../../lib/languages/iam-policy/evaluate.ts';
import { parsePolicy } from '../../../../lib/languages/iam-policy/parse-policy.ts';
import type { PolicyPrincipal } from '../../../../lib/languages/iam-policy/principal.ts';
import type { Identities, Identity } from '../../identities.ts';
import { SignatureError } from '../../protocol/signature-error.ts';
import {
  type Access,
  AwsError,
  type Circumstances,
  type Principal,
  type ResourcePolicyOf,
  type TagsOf,
} from '../../service.ts';
import { CompiledPolicies } from './compiled-policies.ts';
import type { Directory, Holder, Role } from './directory.ts';
import { requestContext } from './request-context.ts';
import type { RoleUses } from './role-uses.ts';
import type { SessionTokens } from './session-tokens.ts';

const INSIDE: Circumstances = { sourceIp: '127.0.0.1' };
const ASSUME_ROLE = 'sts:AssumeRole';
/** What the account's own key and AWS itself may do, unless a resource denies it. */
const ALL = [
  compilePolicy(
    'root',
    parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'identity'),
  ),
];
const TRUSTS_NOBODY = compilePolicy('trust policy', { version: '2012-10-17', statements: [] });

export interface AuthorityOptions {
  directory: Directory;
  tokens: SessionTokens;
  rootAccessKey: { id: string; secret: string };
  /** Policies that resources have themselves, such as a bucket's. */
  resourcePolicyOf: ResourcePolicyOf;
  resourceTagsOf: TagsOf;
  roleUses: RoleUses;
}

/** What AssumeRole may give a session beside its role. */
export interface SessionGrants {
  policy?: string | undefined;
  policyArns?: string[] | undefined;
  tags?: Record<string, string> | undefined;
  transitiveTagKeys?: string[] | undefined;
  sourceIdentity?: string | undefined;
  issuedAtMs?: number | undefined;
}

export class Authority implements Identities {
  readonly #options: AuthorityOptions;
  readonly #policies: CompiledPolicies;
  readonly #root: Principal;

  constructor(options: AuthorityOptions) {
    this.#options = options;
    this.#policies = new CompiledPolicies(options.directory);
    const { account } = options.directory.ctx;
    this.#root = { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account, userId: account };
  }

  find(accessKeyId: string, sessionToken: string | undefined): Identity {
    const { directory, rootAccessKey, tokens } = this.#options;
    const unknown = () => new SignatureError('unknownKey', undefined, { accessKeyId });
    if (accessKeyId.startsWith('ASIA')) {
      if (!sessionToken) throw unknown();
      const session = tokens.open(sessionToken, accessKeyId);
      const role = directory.roles.get([session.roleName]);
      // A role made anew under the same name is another role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      if (role?.id !== session.roleId) throw unknown();
      return {
        principal: roleSession(role, session.sessionName, directory.ctx.account, session),
        secret: session.secret,
      };
    }
    if (sessionToken) throw new SignatureError('badToken');
    if (accessKeyId === rootAccessKey.id) return { principal: this.#root, secret: rootAccessKey.secret };
    const key = directory.keys.get([accessKeyId]);
    if (key?.status !== 'Active') throw unknown();
    const { arn, id } = directory.getUser(key.userName);
    return {
      principal: { type: 'User', arn, accountId: directory.ctx.account, userId: id },
      secret: directory.secretOf(key),
    };
  }

  roleArnOf(name: string): string | undefined {
    return this.#options.directory.roles.get([name])?.arn;
  }

  /** Throws AWS's AccessDenied unless the policies allow it. */
  authorize(principal: Principal, access: Access, circumstances: Circumstances = INSIDE): void {
    const decision = this.decide(principal, access, circumstances);
    if (decision.result === 'allowed') return;
    throw new AwsError('AccessDenied', denialMessage(principal.arn, access.action, access.resource, decision), 403);
  }

  decide(principal: Principal, access: Access, circumstances: Circumstances = INSIDE): Decision {
    const holder = this.#holderOf(principal);
    if (holder && principal.type === 'AssumedRole') this.#options.roleUses.note(holder.id);
    const request = this.#request(principal, access, circumstances, holder);
    const document = this.#options.resourcePolicyOf(access.resource);
    const resource = document ? this.#policies.compile('resource policy', document, 'resource') : undefined;
    return evaluate(request, { ...this.#ownPolicies(principal, holder), resource });
  }

  /**
   * The role's session that `principal` gets by AssumeRole. To tag it or to say who stands behind it are permissions
   * of their own. Throws AccessDenied where trust or permission lacks.
   */
  assume(
    principal: Principal,
    { roleArn, sessionName, grants, context }: AssumeRequest,
    circumstances: Circumstances,
  ): { role: Role; session: Principal } {
    const role = this.#roleByArn(roleArn);
    const sourceIdentity = grants.sourceIdentity ?? principal.sourceIdentity;
    const actions = [
      'sts:AssumeRole',
      ...(grants.tags ? ['sts:TagSession'] : []),
      ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
    ];
    for (const action of actions) {
      const access = { action, resource: roleArn, context };
      const decision = this.#decideTrust(principal, role, access, circumstances);
      if (decision.result === 'allowed') continue;
      throw new AwsError('AccessDenied', denialMessage(principal.arn, action, roleArn, decision), 403);
    }
    // Whose role is missing trusts nobody, and was refused above.
    if (!role) throw new Error(`the role ${roleArn} went away while it was assumed`);
    const inherited = { ...inheritedTags(principal), ...grants.tags };
    const tags = Object.keys(inherited).length > 0 ? inherited : undefined;
    const session = roleSession(role, sessionName, principal.accountId, { ...grants, sourceIdentity, tags });
    return { role, session };
  }

  /** A service acting as a role that was given to it; the role's trust policy must name the service. */
  asRole(roleArn: string, service: string, sessionName: string): Principal {
    const name = service.includes('.') ? service : `${service}.amazonaws.com`;
    const { account } = this.#options.directory.ctx;
    const principal: Principal = { type: 'Service', arn: name, accountId: account, userId: name };
    const role = this.#roleByArn(roleArn);
    if (!role)
      throw new AwsError('AccessDenied', `The role ${roleArn} does not exist, so ${name} cannot assume it.`, 403);
    const access = { action: ASSUME_ROLE, resource: roleArn };
    if (this.#decideTrust(principal, role, access, INSIDE).result !== 'allowed') {
      throw new AwsError(
        'AccessDenied',
        `The service principal ${name} is not authorized to assume the provided role ${roleArn}: its trust policy does not allow it.`,
        403,
      );
    }
    return roleSession(role, sessionName, account);
  }

  /** AWS does not tell a missing role from one that trusts nobody. */
  #decideTrust(principal: Principal, role: Role | undefined, access: Access, circumstances: Circumstances): Decision {
    const holder = this.#holderOf(principal);
    const trust = role ? this.#policies.compile('trust policy', role.trust, 'trust') : TRUSTS_NOBODY;
    const request = this.#request(principal, access, circumstances, holder);
    return evaluate(request, { ...this.#ownPolicies(principal, holder), trust });
  }

  #ownPolicies(principal: Principal, holder: Holder | undefined): PolicySet {
    if (principal.type === 'Root' || principal.type === 'Service') return { identity: ALL };
    return {
      identity: holder ? this.#policies.of(holder) : [],
      boundary: holder?.boundary ? this.#policies.managed(holder.boundary) : undefined,
      session: this.#sessionPolicies(principal),
    };
  }

  /** What one of them allows is allowed; without any the session has all that its role has. */
  #sessionPolicies({ sessionPolicy, sessionPolicyArns }: Principal): PolicySet['session'] {
    if (sessionPolicy === undefined && sessionPolicyArns === undefined) return undefined;
    const own = sessionPolicy ? [this.#policies.compile('session policy', sessionPolicy, 'session')] : [];
    return [...own, ...(sessionPolicyArns ?? []).flatMap((arn) => this.#policies.managed(arn) ?? [])];
  }

  #request(
    principal: Principal,
    access: Access,
    circumstances: Circumstances,
    holder: Holder | undefined,
  ): PolicyRequest {
    const { ctx } = this.#options.directory;
    const asPolicyPrincipal: PolicyPrincipal = {
      arn: principal.arn,
      accountId: principal.accountId,
      roleArn: principal.type === 'AssumedRole' ? holder?.arn : undefined,
      isService: principal.type === 'Service',
    };
    const resourceTags = () => this.#options.resourceTagsOf(access.resource);
    const lookup = requestContext({ ctx, principal, access, circumstances, holder, resourceTags });
    return { principal: asPolicyPrincipal, action: access.action, resource: access.resource, lookup };
  }

  #holderOf({ type, arn, roleName }: Principal): Holder | undefined {
    const { users, roles } = this.#options.directory;
    if (type === 'User') return users.get([arn.split('/').at(-1) ?? '']);
    return type === 'AssumedRole' && roleName ? roles.get([roleName]) : undefined;
  }

  #roleByArn(arn: string): Role | undefined {
    const role = this.#options.directory.roles.get([arn.split('/').at(-1) ?? '']);
    return role?.arn === arn ? role : undefined;
  }
}

export interface AssumeRequest {
  roleArn: string;
  sessionName: string;
  grants: SessionGrants;
  context: Access['context'];
}

/** Transitive tags go from session to session: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export function inheritedTags({ sessionTags = {}, transitiveTagKeys = [] }: Principal): Record<string, string> {
  return Object.fromEntries(Object.entries(sessionTags).filter(([key]) => transitiveTagKeys.includes(key)));
}

function roleSession(role: Role, sessionName: string, accountId: string, grants: SessionGrants = {}): Principal {
  const { policy, policyArns, tags, transitiveTagKeys, sourceIdentity, issuedAtMs } = grants;
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    accountId,
    userId: `${role.id}:${sessionName}`,
    roleName: role.name,
    sessionName,
    ...(policy && { sessionPolicy: policy }),
    ...(policyArns && { sessionPolicyArns: policyArns }),
    ...(tags && { sessionTags: tags }),
    ...(transitiveTagKeys && { transitiveTagKeys }),
    ...(sourceIdentity && { sourceIdentity }),
    ...(issuedAtMs && { issuedAtMs }),
  };
}
