/**
 * Step Functions: a durable interpreter of the Amazon States Language.
 *
 * Gaps
 * - STANDARD machines only: no EXPRESS, no StartSyncExecution, no TestState.
 * - Integrations: Lambda functions, `lambda:invoke`, `glue:startJobRun(.sync)`, `athena:startQueryExecution(.sync)`, and
 *   `aws-sdk:<service>:<operation>` for services of the lake that are tables of operations. Others, activities and task
 *   tokens are refused by CreateStateMachine with their name.
 * - No distributed Map, no versions and aliases, no redrive, no execution logs. Heartbeats are taken and not watched.
 *
 * By design
 * - An execution is its history: every event before an effect is on disk before the effect. After `kill -9` the call of
 *   a Task is made again (at least once, as an integration that AWS retries), a submitted job is waited for again, and a
 *   Wait goes on to the time that it was for.
 * - All work is done as the machine's role; its policies decide.
 * - Each new status of an execution is an event for EventBridge, kept in the same commit.
 */
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Outbox } from '../../state/outbox.ts';
import { Executions } from './executions.ts';
import { Integrations, type OnJobRunChanged } from './integrations/integrations.ts';
import { createStateMachine } from './operations/create-state-machine.ts';
import { deleteStateMachine } from './operations/delete-state-machine.ts';
import { describeExecution } from './operations/describe-execution.ts';
import { describeStateMachine, describeStateMachineForExecution } from './operations/describe-state-machine.ts';
import { getExecutionHistory } from './operations/get-execution-history.ts';
import { listExecutions } from './operations/list-executions.ts';
import { listStateMachines } from './operations/list-state-machines.ts';
import { startExecution } from './operations/start-execution.ts';
import { stopExecution } from './operations/stop-execution.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { updateStateMachine } from './operations/update-state-machine.ts';
import { validateStateMachineDefinition } from './operations/validate-state-machine-definition.ts';
import { StateMachines } from './state-machines.ts';
import type { States } from './states-service.ts';

export interface StatesExtras {
  /** Glue tells of job runs here; without it they are asked for. */
  onJobRunChanged?: OnJobRunChanged;
  outbox: Pick<Outbox, 'append'>;
}

export async function startStatesService(ctx: ServiceContext, extras: StatesExtras): Promise<OperationService> {
  const machines = new StateMachines(ctx.state);
  const integrations = new Integrations(ctx, extras.onJobRunChanged);
  const executions = new Executions({ ctx, machines, integrations, outbox: extras.outbox });
  const states: States = { ctx, space: { region: ctx.region, account: ctx.account }, machines, executions };
  executions.resume();
  return {
    name: 'states',
    protocol: 'json-1.0',
    targetPrefix: 'AWSStepFunctions',
    operations: {
      CreateStateMachine: createStateMachine(states),
      DeleteStateMachine: deleteStateMachine(states),
      DescribeExecution: describeExecution(states),
      DescribeStateMachine: describeStateMachine(states),
      DescribeStateMachineForExecution: describeStateMachineForExecution(states),
      GetExecutionHistory: getExecutionHistory(states),
      ListExecutions: listExecutions(states),
      ListStateMachines: listStateMachines(states),
      ListTagsForResource: listTagsForResource(states),
      StartExecution: startExecution(states),
      StopExecution: stopExecution(states),
      TagResource: tagResource(states),
      UntagResource: untagResource(states),
      UpdateStateMachine: updateStateMachine(states),
      ValidateStateMachineDefinition: validateStateMachineDefinition(),
    },
    tagsOf: (arn) => machines.find(arn.split(':stateMachine:', 2)[1] ?? '')?.tags,
    close: () => executions.close(),
  };
}
