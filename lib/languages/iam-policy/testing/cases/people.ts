import type { PolicyPrincipal } from '../../principal.ts';

const accountId = '111122223333';
export const ROOT_ARN = `arn:aws:iam::${accountId}:root`;
export const ROLE_ARN = `arn:aws:iam::${accountId}:role/reader`;
export const ANA: PolicyPrincipal = { arn: `arn:aws:iam::${accountId}:user/ana`, accountId };
export const ROOT: PolicyPrincipal = { arn: ROOT_ARN, accountId };
/** A session of the role `reader`. */
export const SESSION: PolicyPrincipal = {
  arn: `arn:aws:sts::${accountId}:assumed-role/reader/ana@example.org`,
  accountId,
  roleArn: ROLE_ARN,
};
export const OTHER_SESSION: PolicyPrincipal = {
  arn: `arn:aws:sts::${accountId}:assumed-role/reader/ben@example.org`,
  accountId,
  roleArn: ROLE_ARN,
};
export const LAMBDA: PolicyPrincipal = { arn: 'lambda.amazonaws.com', accountId, isService: true };
export const EVENTS: PolicyPrincipal = { arn: 'events.amazonaws.com', accountId, isService: true };
