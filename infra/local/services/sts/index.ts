/**
 * STS: who asks, and temporary credentials of roles.
 *
 * Gaps: GetSessionToken, GetFederationToken, SAML and web identities, MFA, session tags, source identity and managed
 * session policies (PolicyArns) are not here; AssumeRole refuses what it cannot honour.
 *
 * By design: a session ends by its own time and when its role is deleted. What its policies allow is decided at each
 * request, so a permission taken away is gone at once.
 */
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { IamService } from '../iam/index.ts';
import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

export async function startStsService(
  ctx: ServiceContext,
  iam: Pick<IamService, 'authority' | 'tokens'>,
): Promise<OperationService> {
  return {
    name: 'sts',
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole(ctx, iam) },
  };
}
