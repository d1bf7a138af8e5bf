/** Lambda functions: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
import { isObject, type Json } from '../../../../../lib/languages/asl/json.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { AwsError } from '../../../service.ts';
import type { Integration, IntegrationCall } from './integrations.ts';
import { withMetadata } from './sdk-output.ts';
import { serviceFailure } from './service-failure.ts';

/** What the lambda service's Invoke answers inside the lake. */
interface Invoked {
  StatusCode: number;
  FunctionError?: string;
  ExecutedVersion?: string;
  Payload?: string;
}

/** `arn:aws:states:::lambda:invoke`: parameters are those of Invoke, and its answer is the result. */
export const lambdaInvoke: Integration = async (call) => {
  const { parameters } = call;
  if (!isObject(parameters))
    throw new StatesError('States.Runtime', 'The parameters of lambda:invoke must be an object with FunctionName');
  const { Payload, ...rest } = parameters;
  const invoked = await invoke(call, { ...rest, ...(Payload !== undefined && { Payload: JSON.stringify(Payload) }) });
  const { StatusCode, ExecutedVersion = '$LATEST' } = invoked;
  return withMetadata({ ExecutedVersion, Payload: parsed(invoked.Payload), StatusCode }, call.token);
};

/** A Task whose Resource is the function itself: the parameters are the payload, and the function's answer the result. */
export function invokeFunctionArn(functionArn: string): Integration {
  return async (call) =>
    parsed((await invoke(call, { FunctionName: functionArn, Payload: JSON.stringify(call.parameters) })).Payload);
}

async function invoke(
  { inside, principal, signal }: IntegrationCall,
  input: Record<string, unknown>,
): Promise<Invoked> {
  let invoked: Invoked;
  try {
    invoked = await inside.call<Invoked>('lambda', 'Invoke', input, principal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AwsError && error.code === 'AccessDenied') {
      throw new StatesError(
        'Lambda.AWSLambdaException',
        `${error.message} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException)`,
      );
    }
    throw serviceFailure('Lambda', error, 'SdkClientException');
  }
  if (invoked.FunctionError !== undefined) throw functionFailure(invoked.Payload);
  return invoked;
}

/** The error's type is what the function threw; its whole payload is the cause. */
function functionFailure(payload: string | undefined): StatesError {
  const error = parsed(payload);
  const type = isObject(error) && typeof error.errorType === 'string' ? error.errorType : 'Lambda.Unknown';
  return new StatesError(type, payload);
}

function parsed(payload: string | undefined): Json {
  return payload === undefined || payload === '' ? null : (JSON.parse(payload) as Json);
}
