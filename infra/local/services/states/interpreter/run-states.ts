import type { StateMachine } from '../../../../../lib/languages/asl/definition.ts';
import type { Json } from '../../../../../lib/languages/asl/json.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import type { Frame, Run } from './run.ts';
import { runState } from './run-state.ts';

/** Runs a machine from its start to its end, and returns its output. Throws StatesError, or the reason of an abort. */
export async function runStates(run: Run, machine: StateMachine, input: Json, frame: Frame): Promise<Json> {
  let name: string | undefined = machine.StartAt;
  let data = input;
  while (name !== undefined) {
    const state = machine.States[name];
    if (!state) throw new StatesError('States.Runtime', `There is no state '${name}'.`);
    await run.journal.breathe();
    const step = await runState(run, { name, state, input: data, frame });
    data = step.output;
    name = step.next;
  }
  return data;
}
