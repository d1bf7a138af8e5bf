import type { SeenCall } from '../../../recorder.ts';
import { type EventPlace, isReadOnly, type TrailEvent } from './event.ts';

/** The API's version is a part of most names. https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html */
const VERSIONED: Record<string, string> = {
  AddPermission: 'AddPermission20150331v2',
  CreateFunction: 'CreateFunction20150331',
  DeleteFunction: 'DeleteFunction20150331',
  GetFunction: 'GetFunction20150331v2',
  GetFunctionConfiguration: 'GetFunctionConfiguration20150331v2',
  GetPolicy: 'GetPolicy20150331v2',
  ListFunctions: 'ListFunctions20150331',
  ListTags: 'ListTags20170331',
  RemovePermission: 'RemovePermission20150331v2',
  TagResource: 'TagResource20170331v2',
  UntagResource: 'UntagResource20170331v2',
  UpdateFunctionCode: 'UpdateFunctionCode20150331v2',
  UpdateFunctionConfiguration: 'UpdateFunctionConfiguration20150331v2',
};

export function lambdaEvent({ asked }: SeenCall, { region, account }: EventPlace): TrailEvent {
  const { operation } = asked;
  const parameters = { ...(asked.input as Record<string, unknown>) };
  const isData = operation === 'Invoke';
  const name = typeof parameters.FunctionName === 'string' ? parameters.FunctionName : undefined;
  const ARN = name && (name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`);
  return {
    eventName: VERSIONED[operation] ?? operation,
    isData,
    readOnly: isReadOnly(operation),
    parameters: isData
      ? { functionName: ARN, invocationType: parameters.InvocationType ?? 'RequestResponse' }
      : parameters,
    resources: ARN ? [{ type: 'AWS::Lambda::Function', ARN, accountId: account }] : [],
  };
}
