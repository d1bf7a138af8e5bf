/** Gives one event to one target: starts an execution, or invokes a function. */
import { createHash } from 'node:crypto';
import { AwsError, type Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { BusEvent } from './event.ts';
import { isInvokePermitted } from './function-permission.ts';
import type { Rule, Target } from './rules.ts';
import { targetInput } from './target-input.ts';

const EVENTS = 'events.amazonaws.com';

export type TargetKind = 'stateMachine' | 'function';

export function targetKind(arn: string): TargetKind | undefined {
  if (/^arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:]+$/.test(arn)) return 'stateMachine';
  if (/^arn:aws[a-z-]*:lambda:[^:]+:\d{12}:function:[^:]+$/.test(arn)) return 'function';
  return undefined;
}

/** Resolves when the target has accepted the event durably. Giving it the same event again starts nothing twice. */
export async function deliver(ctx: ServiceContext, event: BusEvent, rule: Rule, target: Target): Promise<void> {
  const input = targetInput(event, rule, target, ctx.clock());
  if (targetKind(target.Arn) === 'stateMachine') return startExecution(ctx, event, rule, target, input);
  return invokeFunction(ctx, rule, target, input);
}

async function startExecution(
  ctx: ServiceContext,
  event: BusEvent,
  rule: Rule,
  target: Target,
  input: string,
): Promise<void> {
  const principal = ctx.inside.asRole(target.RoleArn ?? '', EVENTS, sessionName(rule));
  const start = { stateMachineArn: target.Arn, name: executionName(event, rule, target), input };
  try {
    await ctx.inside.call('states', 'StartExecution', start, principal);
  } catch (error) {
    // This very event was delivered before the lake stopped, and its execution has ended since.
    if (!(error instanceof AwsError && error.code === 'ExecutionAlreadyExists')) throw error;
  }
}

async function invokeFunction(ctx: ServiceContext, rule: Rule, target: Target, input: string): Promise<void> {
  const invoke = { FunctionName: target.Arn, InvocationType: 'Event', Payload: input };
  await ctx.inside.call('lambda', 'Invoke', invoke, await functionPrincipal(ctx, rule, target));
}

/** A function is invoked as the target's role or, without one, as EventBridge where the function's policy permits it. */
async function functionPrincipal(ctx: ServiceContext, rule: Rule, target: Target): Promise<Principal> {
  if (target.RoleArn !== undefined) return ctx.inside.asRole(target.RoleArn, EVENTS, sessionName(rule));
  const principal: Principal = { type: 'Service', arn: EVENTS, accountId: ctx.account, userId: EVENTS };
  const functionArn = target.Arn;
  if (await isInvokePermitted(ctx, { functionArn, ruleArn: rule.arn, principal })) return principal;
  const message = `${EVENTS} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no resource-based policy allows the lambda:InvokeFunction action`;
  throw new AwsError('AccessDenied', message, 403);
}

/** Begins with the event's id as AWS's do; the rest tells rule and target apart, the same each time. */
function executionName(event: BusEvent, rule: Rule, target: Target): string {
  const hash = createHash('sha256').update(`${rule.arn} ${target.Id}`).digest('hex');
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join(
    '-',
  );
  return `${event.id}_${uuid}`;
}

function sessionName({ name }: Rule): string {
  return name.slice(0, 64).padEnd(2, '-');
}
