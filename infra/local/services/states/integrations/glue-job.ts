/** Glue job runs: https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html */
import type { Json, JsonObject } from '../../../../../lib/languages/asl/json.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import type { Integration, IntegrationCall } from './integrations.ts';
import { textMember, toJson, withMetadata } from './sdk-output.ts';
import { rethrow } from './service-failure.ts';
import { waitFor } from './wait-for.ts';

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT', 'ERROR', 'EXPIRED']);

export const glueStartJobRun: Integration = async (call) => withMetadata(await start(call), call.token);

/** Waits until the run has ended; one that did not succeed fails the task, with the whole run as the cause. */
export const glueStartJobRunSync: Integration = async (call) => {
  const jobName = textMember(call.parameters, 'JobName') ?? '';
  let runId = textMember(call.submitted ?? null, 'JobRunId');
  try {
    if (runId === undefined) {
      const started = await start(call);
      runId = String(started.JobRunId);
      await call.onSubmitted(withMetadata(started, call.token));
    }
    const run = await ended(call, jobName, runId);
    if (run.JobRunState === 'SUCCEEDED') return run;
    throw new StatesError('States.TaskFailed', JSON.stringify(run));
  } catch (error) {
    if (call.signal.aborted && runId !== undefined) await stop(call, jobName, runId);
    return rethrow('Glue', error, call.signal);
  }
};

async function start({ inside, principal, parameters, signal }: IntegrationCall): Promise<JsonObject> {
  try {
    return toJson(await inside.call('glue', 'StartJobRun', parameters, principal), 'ms') as JsonObject;
  } catch (error) {
    return rethrow('Glue', error, signal);
  }
}

async function ended(
  { inside, principal, signal, onJobRunChanged }: IntegrationCall,
  jobName: string,
  runId: string,
): Promise<JsonObject> {
  const ask = async () => {
    const { JobRun } = await inside.call<{ JobRun: { JobRunState: string } }>(
      'glue',
      'GetJobRun',
      { JobName: jobName, RunId: runId },
      principal,
    );
    return ENDED.has(JobRun.JobRunState) ? (toJson(JobRun, 'ms') as JsonObject) : undefined;
  };
  const wake =
    onJobRunChanged &&
    (() => {
      const { promise, resolve } = Promise.withResolvers<void>();
      return { promise, stop: onJobRunChanged((changed) => (changed.runId === runId ? resolve() : undefined)) };
    });
  return waitFor(ask, signal, wake);
}

/** As AWS does when the execution is stopped or the task's time is over; the run may have ended by itself. */
async function stop({ inside, principal }: IntegrationCall, JobName: string, runId: string): Promise<Json> {
  return inside.call('glue', 'BatchStopJobRun', { JobName, JobRunIds: [runId] }, principal).then(
    () => null,
    () => null,
  );
}
