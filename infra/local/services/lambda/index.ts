/**
 * Lambda: the deployed bundle itself, in a worker thread with limits of time and memory.
 *
 * Gaps
 * - Node runtimes and zip packages only. No versions, aliases, layers, event source mappings, URLs, concurrency settings,
 *   dead letters, tracing or callback handlers; what asks for one is refused.
 * - Memory is bounded for JavaScript's heap, not for buffers. `/tmp` is the host's.
 *
 * By design
 * - A thread is no wall: functions are the owner's own code, as the rest of the lake. They see none of the lake's
 *   environment, and speak to the lake only through its port, as their role.
 * - `@aws-sdk/*` and `@smithy/*` come from the lake, as they come from Lambda's runtime.
 * - One sandbox of each function is kept warm.
 */

import { parseInput } from '../../protocol/validation.ts';
import {
  AwsError,
  type Caller,
  type Operation,
  type RestService,
  type WireRequest,
  type WireResponse,
} from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Logs } from '../logs/index.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { AsyncInvocations } from './async-invocations.ts';
import { functionArn } from './function-name.ts';
import { PackageFolder } from './function-package.ts';
import { FunctionStore } from './function-store.ts';
import type { Lambda } from './lambda-service.ts';
import { createFunction } from './operations/create-function.ts';
import { invoke } from './operations/invoke.ts';
import { addPermission, getPolicy, policyOf, removePermission } from './operations/permissions.ts';
import { deleteFunction, getFunction, getFunctionConfiguration, listFunctions } from './operations/read-functions.ts';
import { listTags, tagResource, untagResource } from './operations/tags.ts';
import { updateFunctionCode, updateFunctionConfiguration } from './operations/update-function.ts';
import { answer, findRoute, readInput } from './routes.ts';
import { FunctionRuntime } from './runtime/function-runtime.ts';

export interface LambdaExtras {
  store: ObjectStore;
  logs: Logs;
  folder: string;
}

export interface LambdaService extends RestService {
  operations: Record<string, Operation>;
}

export async function startLambdaService(
  ctx: ServiceContext,
  { store, logs, folder }: LambdaExtras,
): Promise<LambdaService> {
  const functions = new FunctionStore(ctx.state);
  const packages = await PackageFolder.open(folder, new Set(functions.list().map(({ codeHash }) => codeHash)));
  const runtime = new FunctionRuntime({ ctx, packages, logs });
  const space = { region: ctx.region, account: ctx.account };
  const lambda: Lambda = { ctx, space, store, functions, packages, runtime };
  const asynchronous = new AsyncInvocations({ ctx, functions, runtime });
  const operations = operationTable(lambda, asynchronous);
  for (const record of functions.list()) runtime.warm(record);
  asynchronous.resume();
  return {
    name: 'lambda',
    operations,
    handle: (request, caller) => handle(ctx, operations, request, caller),
    resourcePolicy(arn) {
      const prefix = functionArn(space, '');
      const record = arn.startsWith(prefix) ? functions.find(arn.slice(prefix.length)) : undefined;
      return record && policyOf(record);
    },
    async close() {
      await Promise.all([asynchronous.close(), runtime.close()]);
    },
  };
}

function operationTable(lambda: Lambda, asynchronous: AsyncInvocations): Record<string, Operation> {
  return {
    AddPermission: addPermission(lambda),
    CreateFunction: createFunction(lambda),
    DeleteFunction: deleteFunction(lambda),
    GetFunction: getFunction(lambda),
    GetFunctionConfiguration: getFunctionConfiguration(lambda),
    GetPolicy: getPolicy(lambda),
    Invoke: invoke(lambda, asynchronous),
    ListFunctions: listFunctions(lambda),
    ListTags: listTags(lambda),
    RemovePermission: removePermission(lambda),
    TagResource: tagResource(lambda),
    UntagResource: untagResource(lambda),
    UpdateFunctionCode: updateFunctionCode(lambda),
    UpdateFunctionConfiguration: updateFunctionConfiguration(lambda),
  };
}

async function handle(
  ctx: ServiceContext,
  operations: Record<string, Operation>,
  request: WireRequest,
  caller: Caller | undefined,
): Promise<WireResponse> {
  if (!caller) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  const route = findRoute(request);
  const found = route && operations[route.operation];
  if (!route || !found) {
    const name = `${request.method} ${request.path}`;
    ctx.log.warn('unsupported operation', { service: 'lambda', operation: name });
    throw new AwsError('UnknownOperationException', `The local lake does not support lambda:${name}.`, 404);
  }
  const input = parseInput(found.input, await readInput(route, request), 'InvalidParameterValueException');
  const asked: WireRequest['asked'] = { operation: route.operation, input };
  request.asked = asked;
  for (const access of found.access(input, caller)) ctx.inside.authorize(caller.principal, access);
  asked.output = await found.run(input, caller);
  return answer(route, asked.output);
}
