/** Whether a function's own policy lets EventBridge invoke it for a rule. */
import { compilePolicy } from '../../../../lib/languages/iam-policy/compile-policy.ts';
import { evaluate } from '../../../../lib/languages/iam-policy/evaluate.ts';
import { parsePolicy } from '../../../../lib/languages/iam-policy/parse-policy.ts';
import { AwsError, type Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';

export interface FunctionAccess {
  functionArn: string;
  ruleArn: string;
  /** The service EventBridge. */
  principal: Principal;
}

export async function isInvokePermitted({ inside }: ServiceContext, access: FunctionAccess): Promise<boolean> {
  const { functionArn, ruleArn, principal } = access;
  const text = await findPolicy(inside, functionArn, principal);
  if (text === undefined) return false;
  const keys: Record<string, string[]> = { 'aws:sourcearn': [ruleArn], 'aws:sourceaccount': [principal.accountId] };
  const request = {
    principal: { arn: principal.arn, accountId: principal.accountId, isService: true },
    action: 'lambda:InvokeFunction',
    resource: functionArn,
    lookup: (key: string) => keys[key],
  };
  const resource = compilePolicy('function policy', parsePolicy(text, 'resource'));
  return evaluate(request, { identity: [], resource }).result === 'allowed';
}

async function findPolicy(
  inside: ServiceContext['inside'],
  FunctionName: string,
  principal: Principal,
): Promise<string | undefined> {
  try {
    const { Policy } = await inside.call<{ Policy: string }>('lambda', 'GetPolicy', { FunctionName }, principal);
    return Policy;
  } catch (error) {
    // Neither a function that is not there nor one without a policy lets anybody in.
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
