import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { AwsError } from '../../../service.ts';

/**
 * A service's refusal as the error of a Task: `Glue.EntityNotFoundException`. A fault of ours becomes `fault`, which
 * machines retry; its details are the log's business.
 */
export function serviceFailure(service: string, error: unknown, fault = 'InternalServiceException'): StatesError {
  if (error instanceof StatesError) return error;
  if (!(error instanceof AwsError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return new StatesError(`${service}.${fault}`, `${reason} (Service: ${service}, Status Code: 500)`);
  }
  const name = error.code.endsWith('Exception') ? error.code : `${error.code}Exception`;
  const reason = `${error.message} (Service: ${service}, Status Code: ${error.status})`;
  return new StatesError(`${service}.${name}`, reason);
}

/** Throws `error` as a failure of the service, unless nobody waits any more. */
export function rethrow(service: string, error: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  throw serviceFailure(service, error);
}
