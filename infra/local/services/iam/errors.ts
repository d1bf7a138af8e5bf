import { parsePolicy } from '../../../../lib/languages/iam-policy/parse-policy.ts';
import { PolicyError, type PolicyKind } from '../../../../lib/languages/iam-policy/policy.ts';
import { AwsError } from '../../service.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html#API_GetRole_Errors */
export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

export function noSuch(type: 'role' | 'user', name: string): AwsError {
  return noSuchEntity(`The ${type} with name ${name} cannot be found.`);
}

export function alreadyExists(what: string): AwsError {
  return new AwsError('EntityAlreadyExists', `${what} already exists.`, 409);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, 409);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, 409);
}

/** Refuses a policy that does not parse, in the way of IAM and with the place of the mistake. */
export function requirePolicy(document: string, kind: PolicyKind): void {
  try {
    parsePolicy(document, kind);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new AwsError('MalformedPolicyDocument', error.message);
  }
}
