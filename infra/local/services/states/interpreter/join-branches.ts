import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';

/** A branch of Parallel or an iteration of Map failed, and with it the state. */
export class BranchesFailed extends StatesError {}

/** The reason why a branch is stopped when another one failed. */
class SiblingFailed extends Error {}

/**
 * Runs `count` branches, at most `concurrency` at once, and returns their outputs in order. The first failure stops
 * the others; when all have come to rest it is thrown. An abort from outside goes before everything.
 */
export async function joinBranches<T>(
  outer: AbortSignal,
  count: number,
  concurrency: number,
  runBranch: (index: number, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const group = new AbortController();
  const signal = AbortSignal.any([outer, group.signal]);
  const outputs = new Array<T>(count);
  let failure: unknown;
  let next = 0;
  const lane = async () => {
    while (next < count && !signal.aborted) {
      const index = next++;
      try {
        outputs[index] = await runBranch(index, signal);
      } catch (error) {
        failure ??= error;
        group.abort(new SiblingFailed('another branch failed'));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, lane));
  outer.throwIfAborted();
  if (failure === undefined) return outputs;
  throw failure instanceof StatesError ? new BranchesFailed(failure.error, failure.cause) : failure;
}
