/** Who a key belongs to, and what its owner may do. */
import { denialMessage } from '../../../../lib/languages/iam-policy/denial.ts';
import {
  type Decision,
  evaluate,
  evaluateTrust,
  type PolicyRequest,
} from '../../../../lib/languages/iam-policy/evaluate.ts';
import type { PolicyPrincipal } from '../../../../lib/languages/iam-policy/principal.ts';
import type { Identities, Identity } from '../../identities.ts';
import { SignatureError } from '../../protocol/signature-error.ts';
import { type Access, AwsError, type Principal, type ResourcePolicyOf } from '../../service.ts';
import { CompiledPolicies } from './compiled-policies.ts';
import type { Directory, Holder, Role } from './directory.ts';
import { type Circumstances, requestContext } from './request-context.ts';
import type { SessionTokens } from './session-tokens.ts';

const INSIDE: Circumstances = { sourceIp: '127.0.0.1' };
const ASSUME_ROLE = 'sts:AssumeRole';

export interface AuthorityOptions {
  directory: Directory;
  tokens: SessionTokens;
  rootAccessKey: { id: string; secret: string };
  /** Policies that resources have themselves, such as a bucket's. */
  resourcePolicyOf: ResourcePolicyOf;
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
        principal: roleSession(role, session.sessionName, directory.ctx.account, session.policy),
        secret: session.secret,
      };
    }
    if (sessionToken) throw new SignatureError('badToken');
    if (accessKeyId === rootAccessKey.id) return { principal: this.#root, secret: rootAccessKey.secret };
    const key = directory.keys.get([accessKeyId]);
    if (key?.status !== 'Active') throw unknown();
    const { arn, id } = directory.getUser(key.userName);
    return { principal: { type: 'User', arn, accountId: directory.ctx.account, userId: id }, secret: key.secret };
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
    const request = this.#request(principal, access, circumstances, holder);
    const resourceDocument = this.#options.resourcePolicyOf(access.resource);
    const resource = resourceDocument
      ? this.#policies.compile('resource policy', resourceDocument, 'resource')
      : undefined;
    if (principal.type === 'Root' || principal.type === 'Service') {
      const decision = evaluate(request, { identity: [], resource });
      return decision.result === 'explicitDeny' ? decision : { result: 'allowed', source: 'identity' };
    }
    return evaluate(request, {
      identity: holder ? this.#policies.of(holder) : [],
      resource,
      boundary: holder?.boundary ? this.#policies.managed(holder.boundary) : undefined,
      session: principal.sessionPolicy
        ? this.#policies.compile('session policy', principal.sessionPolicy, 'identity')
        : undefined,
    });
  }

  /** The role's session that `principal` gets by AssumeRole; throws AccessDenied where trust or permission lacks. */
  assume(
    principal: Principal,
    roleArn: string,
    sessionName: string,
    circumstances: Circumstances,
    context: Access['context'],
  ): { role: Role; session: Principal } {
    const role = this.#roleByArn(roleArn);
    const access = { action: ASSUME_ROLE, resource: roleArn, context };
    const own = this.decide(principal, access, circumstances);
    const trust = role && this.#trust(principal, role, access, circumstances);
    const isAllowed =
      trust === 'allowed' ? own.result !== 'explicitDeny' : trust === 'account' && own.result === 'allowed';
    if (role && isAllowed) return { role, session: roleSession(role, sessionName, principal.accountId) };
    // AWS does not tell a missing role from a forbidden one.
    throw new AwsError(
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: ${ASSUME_ROLE} on resource: ${roleArn}`,
      403,
    );
  }

  /** A service acting as a role that was given to it; the role's trust policy must name the service. */
  asRole(roleArn: string, service: string, sessionName: string): Principal {
    const name = service.includes('.') ? service : `${service}.amazonaws.com`;
    const { account } = this.#options.directory.ctx;
    const principal: Principal = { type: 'Service', arn: name, accountId: account, userId: name };
    const role = this.#roleByArn(roleArn);
    if (!role)
      throw new AwsError('AccessDenied', `The role ${roleArn} does not exist, so ${name} cannot assume it.`, 403);
    if (this.#trust(principal, role, { action: ASSUME_ROLE, resource: roleArn }, INSIDE) !== 'allowed') {
      throw new AwsError(
        'AccessDenied',
        `The service principal ${name} is not authorized to assume the provided role ${roleArn}: its trust policy does not allow it.`,
        403,
      );
    }
    return roleSession(role, sessionName, account);
  }

  #trust(principal: Principal, role: Role, access: Access, circumstances: Circumstances) {
    const trust = this.#policies.compile('trust policy', role.trust, 'trust');
    return evaluateTrust(this.#request(principal, access, circumstances, this.#holderOf(principal)), trust);
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
    const lookup = requestContext(ctx, principal, access, circumstances, holder);
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

function roleSession(role: Role, sessionName: string, accountId: string, sessionPolicy?: string): Principal {
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    accountId,
    userId: `${role.id}:${sessionName}`,
    roleName: role.name,
    sessionName,
    ...(sessionPolicy && { sessionPolicy }),
  };
}
