import type { TaskState } from '../../../../../lib/languages/asl/definition.ts';
import type { Json } from '../../../../../lib/languages/asl/json.ts';
import { parseResource, type TaskResource } from '../../../../../lib/languages/asl/resource.ts';
import { EvaluationError, StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import type { HistoryEvent } from '../history-event.ts';
import { setAlarm } from './alarm.ts';
import { payloadText } from './payload-text.ts';
import type { TaskCall } from './run.ts';
import { endDetails, submittedDetails, type TaskEvents, taskEvents } from './task-events.ts';
import type { Attempt } from './work.ts';

/** Calls the resource once; after a restart the call is made again, or its submitted job is waited for. */
export async function runTask(attempt: Attempt<TaskState>): Promise<Json> {
  const { run, visit, flow } = attempt;
  const { branch } = visit.frame;
  const resource = parseResource(visit.state.Resource);
  if (!resource) throw new StatesError('States.Runtime', `The resource '${visit.state.Resource}' is not recognized.`);
  const events = taskEvents(resource, run.region);
  const timeout = await timeoutOf(attempt);
  const [type, details] = events.scheduled;
  const scheduled =
    branch.take(type) ??
    branch.append(type, details(payloadText(await flow.arguments(visit.state), 'The field Parameters'), timeout));
  branch.takeOrAppend(...events.started);
  const submitted = branch.take('TaskSubmitted');
  const ended = branch.take(events.succeeded[0], events.failed[0], events.timedOut[0]);
  if (ended) return resultOf(ended, events);
  return callLive(attempt, resource, events, { scheduled, submitted, timeout });
}

async function callLive(
  { run, visit }: Attempt<TaskState>,
  resource: TaskResource,
  events: TaskEvents,
  {
    scheduled,
    submitted,
    timeout,
  }: { scheduled: HistoryEvent; submitted?: HistoryEvent | undefined; timeout?: number | undefined },
): Promise<Json> {
  const { branch, signal } = visit.frame;
  await run.journal.flush();
  const call = (inner: AbortSignal): TaskCall => ({
    resource,
    parameters: JSON.parse(events.parametersOf(scheduled)) as Json,
    ...(submitted && { submitted: JSON.parse(endDetails(submitted).output ?? 'null') as Json }),
    async onSubmitted(output) {
      inner.throwIfAborted();
      branch.append('TaskSubmitted', submittedDetails(resource, JSON.stringify(output)));
      await run.journal.flush();
    },
    token: `${branch.id}#${scheduled.id}`,
    signal: inner,
  });
  const spent = submitted ? run.clock() - scheduled.timestamp : 0;
  try {
    const result = await withDeadline(timeout && timeout * 1000 - spent, signal, (inner) => run.callTask(call(inner)));
    const [type, details] = events.succeeded;
    branch.append(type, details(payloadText(result, `The task '${visit.name}'`)));
    return result;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    const [type, details] = error.error === 'States.Timeout' ? events.timedOut : events.failed;
    branch.append(type, details(error));
    throw error;
  }
}

/** Gives up at the deadline or the abort, whether or not the call takes notice of its signal. */
async function withDeadline<T>(
  ms: number | undefined,
  outer: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const inner = new AbortController();
  const given = Promise.withResolvers<never>();
  const giveUp = (reason: unknown) => {
    inner.abort(reason);
    given.reject(reason);
  };
  const onAbort = () => giveUp(outer.reason);
  outer.addEventListener('abort', onAbort, { once: true });
  const stopAlarm = ms === undefined ? undefined : setAlarm(ms, () => giveUp(new StatesError('States.Timeout')));
  try {
    return await Promise.race([call(inner.signal), given.promise]);
  } finally {
    stopAlarm?.();
    outer.removeEventListener('abort', onAbort);
  }
}

async function timeoutOf({ visit: { state }, flow }: Attempt<TaskState>): Promise<number | undefined> {
  const seconds = await flow.value(state.TimeoutSeconds, state.TimeoutSecondsPath, 'TimeoutSeconds');
  if (seconds === undefined || (typeof seconds === 'number' && seconds > 0)) return seconds;
  throw new EvaluationError(
    'States.Runtime',
    `The field 'TimeoutSeconds' must be a positive number, not ${JSON.stringify(seconds)}`,
  );
}

function resultOf(event: HistoryEvent, events: TaskEvents): Json {
  const { output, error, cause } = endDetails(event);
  if (event.type === events.succeeded[0]) return JSON.parse(output ?? 'null') as Json;
  throw new StatesError(error, cause);
}
