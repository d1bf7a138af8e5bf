import type { ServiceContext } from '../../service-context.ts';
import { type ArnSpace, parseExecutionArn, parseMachineArn } from './arns.ts';
import { executionDoesNotExist, machineDoesNotExist } from './errors.ts';
import type { ExecutionRecord } from './execution-store.ts';
import type { Executions } from './executions.ts';
import type { StateMachineRecord, StateMachines } from './state-machines.ts';

/** What the operations work on. */
export interface States {
  ctx: ServiceContext;
  space: ArnSpace;
  machines: StateMachines;
  executions: Executions;
}

/** Throws InvalidArn and StateMachineDoesNotExist. */
export function getMachine({ space, machines }: States, arn: string): StateMachineRecord {
  const machine = machines.find(parseMachineArn(space, arn));
  if (machine?.arn !== arn) throw machineDoesNotExist(arn);
  return machine;
}

/** Throws InvalidArn and ExecutionDoesNotExist. */
export function getExecution({ executions }: States, arn: string): ExecutionRecord {
  const { machine, name } = parseExecutionArn(arn);
  const execution = executions.store.find(machine, name);
  if (execution?.arn !== arn) throw executionDoesNotExist(arn);
  return execution;
}
