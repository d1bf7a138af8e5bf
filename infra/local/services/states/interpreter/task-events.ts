/** How a Task tells of itself in the history: a Lambda function by its ARN has events of its own. */
import type { TaskResource } from '../../../../../lib/languages/asl/resource.ts';
import { resourceLabels } from '../../../../../lib/languages/asl/resource.ts';
import type { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { type EventDetails, type HistoryEvent, payload } from '../history-event.ts';

export interface TaskEvents {
  scheduled: [type: string, details: (parameters: string, timeoutSeconds: number | undefined) => EventDetails];
  /** The parameters within the event `scheduled`. */
  parametersOf: (event: HistoryEvent) => string;
  started: [type: string, details: EventDetails];
  succeeded: [type: string, details: (output: string) => EventDetails];
  failed: [type: string, details: (failure: StatesError) => EventDetails];
  timedOut: [type: string, details: (failure: StatesError) => EventDetails];
}

export function taskEvents(resource: TaskResource, region: string): TaskEvents {
  return resource.type === 'function' ? functionEvents(resource.functionArn) : serviceEvents(resource, region);
}

function functionEvents(functionArn: string): TaskEvents {
  return {
    scheduled: [
      'LambdaFunctionScheduled',
      (parameters, timeoutInSeconds) => ({
        lambdaFunctionScheduledEventDetails: {
          resource: functionArn,
          ...payload('input', parameters),
          ...(timeoutInSeconds !== undefined && { timeoutInSeconds }),
        },
      }),
    ],
    parametersOf: (event) => String(event.lambdaFunctionScheduledEventDetails?.input),
    started: ['LambdaFunctionStarted', {}],
    succeeded: [
      'LambdaFunctionSucceeded',
      (output) => ({ lambdaFunctionSucceededEventDetails: payload('output', output) }),
    ],
    failed: ['LambdaFunctionFailed', (failure) => ({ lambdaFunctionFailedEventDetails: errorOf(failure) })],
    timedOut: ['LambdaFunctionTimedOut', (failure) => ({ lambdaFunctionTimedOutEventDetails: errorOf(failure) })],
  };
}

function serviceEvents(taskResource: TaskResource, region: string): TaskEvents {
  const labels = resourceLabels(taskResource);
  return {
    scheduled: [
      'TaskScheduled',
      (parameters, timeoutInSeconds) => ({
        taskScheduledEventDetails: {
          ...labels,
          region,
          parameters,
          ...(timeoutInSeconds !== undefined && { timeoutInSeconds }),
        },
      }),
    ],
    parametersOf: (event) => String(event.taskScheduledEventDetails?.parameters),
    started: ['TaskStarted', { taskStartedEventDetails: labels }],
    succeeded: [
      'TaskSucceeded',
      (output) => ({ taskSucceededEventDetails: { ...labels, ...payload('output', output) } }),
    ],
    failed: ['TaskFailed', (failure) => ({ taskFailedEventDetails: { ...labels, ...errorOf(failure) } })],
    timedOut: ['TaskTimedOut', (failure) => ({ taskTimedOutEventDetails: { ...labels, ...errorOf(failure) } })],
  };
}

export function submittedDetails(resource: TaskResource, output: string): EventDetails {
  return { taskSubmittedEventDetails: { ...resourceLabels(resource), ...payload('output', output) } };
}

/** The details of whichever event ended a call. */
export function endDetails(event: HistoryEvent): { output?: string; error?: string; cause?: string } {
  const key = Object.keys(event).find((name) => name.endsWith('EventDetails')) as `${string}Details` | undefined;
  return key ? (event[key] as { output?: string; error?: string; cause?: string }) : {};
}

function errorOf({ error, cause }: StatesError): Record<string, unknown> {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
