/** Which services a Task can call, and how: https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
import type { Json } from '../../../../../lib/languages/asl/json.ts';
import type { TaskResource } from '../../../../../lib/languages/asl/resource.ts';
import { resourceLabels } from '../../../../../lib/languages/asl/resource.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { AwsError, type CallInside, type Principal } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { TaskCall } from '../interpreter/run.ts';
import { athenaStartQuery, athenaStartQuerySync } from './athena-query.ts';
import { callSdk, supportsSdk } from './aws-sdk.ts';
import { glueStartJobRun, glueStartJobRunSync } from './glue-job.ts';
import { invokeFunctionArn, lambdaInvoke } from './lambda-invoke.ts';

/** Tells that a job run has changed its state, so that nobody need ask for it again and again. */
export type OnJobRunChanged = (listener: (run: { jobName: string; runId: string }) => void) => () => void;

/** A call of a Task as an integration sees it. */
export interface IntegrationCall extends TaskCall {
  /** Who calls: the machine's role. */
  principal: Principal;
  inside: CallInside;
  executionArn: string;
  onJobRunChanged?: OnJobRunChanged | undefined;
}

export type Integration = (call: IntegrationCall) => Promise<Json>;

const OPTIMIZED: Record<string, Integration> = {
  'lambda:invoke': lambdaInvoke,
  'glue:startJobRun': glueStartJobRun,
  'glue:startJobRun.sync': glueStartJobRunSync,
  'athena:startQueryExecution': athenaStartQuery,
  'athena:startQueryExecution.sync': athenaStartQuerySync,
};

export interface Caller {
  roleArn: string;
  executionName: string;
  executionArn: string;
}

export class Integrations {
  readonly #ctx: ServiceContext;
  readonly #onJobRunChanged: OnJobRunChanged | undefined;

  constructor(ctx: ServiceContext, onJobRunChanged?: OnJobRunChanged) {
    this.#ctx = ctx;
    this.#onJobRunChanged = onJobRunChanged;
  }

  static supports(resource: TaskResource): boolean {
    return findIntegration(resource) !== undefined;
  }

  /** Throws StatesError. */
  async call(call: TaskCall, caller: Caller): Promise<Json> {
    const integration = findIntegration(call.resource);
    if (!integration) {
      const { resource, resourceType } = resourceLabels(call.resource);
      throw new StatesError(
        'States.Runtime',
        `The local lake does not support the integration ${resourceType}:${resource}.`,
      );
    }
    const { inside } = this.#ctx;
    const principal = this.#actAs(caller);
    return integration({
      ...call,
      principal,
      inside,
      executionArn: caller.executionArn,
      onJobRunChanged: this.#onJobRunChanged,
    });
  }

  #actAs({ roleArn, executionName }: Caller): Principal {
    try {
      return this.#ctx.inside.asRole(roleArn, 'states.amazonaws.com', sessionName(executionName));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new StatesError(
        'States.Runtime',
        `The role ${roleArn} is not one that Step Functions may use: ${error.message}`,
      );
    }
  }
}

function findIntegration(resource: TaskResource): Integration | undefined {
  switch (resource.type) {
    case 'function':
      return invokeFunctionArn(resource.functionArn);
    case 'service': {
      const name = `${resource.service}:${resource.action}${resource.pattern === 'request' ? '' : `.${resource.pattern}`}`;
      return Object.hasOwn(OPTIMIZED, name) ? OPTIMIZED[name] : undefined;
    }
    case 'sdk':
      return supportsSdk(resource) ? callSdk(resource) : undefined;
    case 'activity':
      return undefined;
  }
}

/** Names of sessions are narrower than those of executions. */
function sessionName(name: string): string {
  return name
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}
