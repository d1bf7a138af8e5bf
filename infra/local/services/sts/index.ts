/**
 * STS: who asks, and temporary credentials of roles.
 *
 * Gaps: GetSessionToken, GetFederationToken, SAML and web identities and MFA are not here; AssumeRole refuses what it
 * cannot honour. PackedPolicySize counts characters, since what AWS packs into how many bytes is not documented.
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
  iam: Pick<IamService, 'authority' | 'tokens' | 'requireManagedPolicy'>,
): Promise<OperationService> {
  return {
    name: 'sts',
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole(ctx, iam) },
  };
}
