/** Athena queries: https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html */
import { createHash } from 'node:crypto';
import { isObject, type JsonObject } from '../../../../../lib/languages/asl/json.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import type { Integration, IntegrationCall } from './integrations.ts';
import { textMember, toJson, withMetadata } from './sdk-output.ts';
import { rethrow } from './service-failure.ts';
import { waitFor } from './wait-for.ts';

const FAILED = new Set(['FAILED', 'CANCELLED']);

interface QueryExecution {
  Status: { State: string };
}

export const athenaStartQuery: Integration = async (call) => withMetadata(await start(call), call.token);

/** Waits until the query has ended; one that did not succeed fails the task, with the whole query as the cause. */
export const athenaStartQuerySync: Integration = async (call) => {
  let id = textMember(call.submitted ?? null, 'QueryExecutionId');
  try {
    if (id === undefined) {
      const started = await start(call);
      id = String(started.QueryExecutionId);
      await call.onSubmitted(withMetadata(started, call.token));
    }
    return await ended(call, id);
  } catch (error) {
    if (call.signal.aborted && id !== undefined) await stop(call, id);
    return rethrow('Athena', error, call.signal);
  }
};

async function start(call: IntegrationCall): Promise<JsonObject> {
  const { inside, principal, parameters, signal } = call;
  try {
    const input = { ClientRequestToken: requestToken(call), ...(isObject(parameters) && parameters) };
    return toJson(await inside.call('athena', 'StartQueryExecution', input, principal), 'ms') as JsonObject;
  } catch (error) {
    return rethrow('Athena', error, signal);
  }
}

async function ended({ inside, principal, signal }: IntegrationCall, id: string): Promise<JsonObject> {
  const ask = async () => {
    const answer = await inside.call<{ QueryExecution: QueryExecution }>(
      'athena',
      'GetQueryExecution',
      { QueryExecutionId: id },
      principal,
    );
    const { State } = answer.QueryExecution.Status;
    if (FAILED.has(State))
      throw new StatesError('States.TaskFailed', JSON.stringify(toJson(answer.QueryExecution, 'ms')));
    return State === 'SUCCEEDED' ? (toJson(answer, 'ms') as JsonObject) : undefined;
  };
  return waitFor(ask, signal);
}

async function stop({ inside, principal }: IntegrationCall, QueryExecutionId: string): Promise<void> {
  await inside.call('athena', 'StopQueryExecution', { QueryExecutionId }, principal).catch(() => undefined);
}

/** The same call, repeated after a restart, starts no second query. Tokens have 32 to 128 characters. */
function requestToken({ executionArn, token }: IntegrationCall): string {
  return createHash('sha256').update(`${executionArn} ${token}`).digest('hex');
}
