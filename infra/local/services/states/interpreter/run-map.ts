import { itemProcessor, type MapState } from '../../../../../lib/languages/asl/definition.ts';
import type { Json } from '../../../../../lib/languages/asl/json.ts';
import { getAtPath } from '../../../../../lib/languages/asl/path.ts';
import { EvaluationError, StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { joinBranches } from './join-branches.ts';
import type { Frame } from './run.ts';
import type { Attempt } from './work.ts';

/** How many iterations of an inline Map run at once: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const CONCURRENCY_MAX = 40;

/** Runs the processor for each item; the result is the list of its outputs, in the order of the items. */
export async function runMap(attempt: Attempt<MapState>): Promise<Json> {
  const { state, frame } = attempt.visit;
  const items = await itemsOf(attempt);
  const concurrency = await concurrencyOf(attempt);
  const started = frame.branch.takeOrAppend('MapStateStarted', {
    mapStateStartedEventDetails: { length: items.length },
  });
  const outputs = await joinBranches(frame.signal, items.length, concurrency, (index, signal) =>
    iterate(attempt, { index, value: items[index] ?? null }, started.id, signal),
  );
  if (items.length > 0) frame.branch.join();
  frame.branch.takeOrAppend(`${state.Type}StateSucceeded`);
  return outputs;
}

async function iterate(
  { run, visit, flow }: Attempt<MapState>,
  { index, value }: { index: number; value: Json },
  startedId: number,
  signal: AbortSignal,
): Promise<Json> {
  const { name, state, frame } = visit;
  const context = { ...flow.scope.context, Map: { Item: { Index: index, Value: value } } };
  const selector = state.ItemSelector ?? state.Parameters;
  const item = selector === undefined ? value : await flow.fill(selector, 'ItemSelector', {}, context);
  const processor = itemProcessor(state);
  const branch = run.journal.branch(`${startedId}.${index}`, startedId);
  const language = processor.QueryLanguage ?? flow.language;
  const inner: Frame = { branch, signal, language, variables: { ...frame.variables }, context };
  branch.takeOrAppend('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
  try {
    const output = await run.runMachine(processor, item, inner);
    branch.takeOrAppend('MapIterationSucceeded', { mapIterationSucceededEventDetails: { name, index } });
    return output;
  } catch (error) {
    if (error instanceof StatesError) {
      branch.takeOrAppend('MapIterationFailed', { mapIterationFailedEventDetails: { name, index } });
    }
    throw error;
  }
}

async function itemsOf({ visit: { state }, flow }: Attempt<MapState>): Promise<Json[]> {
  const items = flow.isJsonata
    ? ((await flow.value(state.Items, undefined, 'Items')) ?? flow.scope.input)
    : state.ItemsPath === undefined
      ? flow.effectiveInput
      : getAtPath(state.ItemsPath, { ...flow.scope, input: flow.effectiveInput }, 'ItemsPath');
  if (Array.isArray(items)) return items;
  const field = flow.isJsonata ? 'Items' : 'ItemsPath';
  throw new EvaluationError(
    'States.Runtime',
    `Reference path "${state.ItemsPath ?? '$'}" must point to array: the value of '${field}' is ${JSON.stringify(items)}`,
  );
}

async function concurrencyOf({ visit: { state }, flow }: Attempt<MapState>): Promise<number> {
  const wanted = await flow.value(state.MaxConcurrency, state.MaxConcurrencyPath, 'MaxConcurrency');
  if (wanted === undefined || wanted === 0) return CONCURRENCY_MAX;
  if (typeof wanted !== 'number' || wanted < 0) {
    throw new EvaluationError(
      'States.Runtime',
      `The field 'MaxConcurrency' must be a number that is not negative, not ${JSON.stringify(wanted)}`,
    );
  }
  return Math.min(wanted, CONCURRENCY_MAX);
}
