import type { ParallelState } from '../../../../../lib/languages/asl/definition.ts';
import type { Json } from '../../../../../lib/languages/asl/json.ts';
import { joinBranches } from './join-branches.ts';
import type { Attempt } from './work.ts';

/** Runs every branch with the same input; the result is the list of their outputs. */
export async function runParallel({ run, visit, flow }: Attempt<ParallelState>): Promise<Json> {
  const { state, frame } = visit;
  const input = await flow.arguments(state);
  const started = frame.branch.takeOrAppend('ParallelStateStarted');
  const outputs = await joinBranches(frame.signal, state.Branches.length, state.Branches.length, (index, signal) => {
    const machine = state.Branches[index];
    if (!machine) throw new Error(`Parallel has no branch ${index}`);
    const branch = run.journal.branch(`${started.id}.${index}`, started.id);
    const language = machine.QueryLanguage ?? flow.language;
    return run.runMachine(machine, input, {
      ...frame,
      branch,
      signal,
      language,
      variables: { ...frame.variables },
      context: flow.scope.context,
    });
  });
  frame.branch.join();
  frame.branch.takeOrAppend('ParallelStateSucceeded');
  return outputs;
}
