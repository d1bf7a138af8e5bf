import type { ServiceContext } from '../../service-context.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { functionNotFound } from './errors.ts';
import { type FunctionSpace, functionArn, parseFunctionName } from './function-name.ts';
import type { PackageFolder } from './function-package.ts';
import type { FunctionRecord, FunctionStore } from './function-store.ts';
import type { FunctionRuntime } from './runtime/function-runtime.ts';

/** What the operations work on. */
export interface Lambda {
  ctx: ServiceContext;
  space: FunctionSpace;
  store: ObjectStore;
  functions: FunctionStore;
  packages: PackageFolder;
  runtime: FunctionRuntime;
}

/** Throws ResourceNotFoundException. */
export function getFunctionRecord({ space, functions }: Lambda, text: string, qualifier?: string): FunctionRecord {
  const name = parseFunctionName(space, text, qualifier);
  const record = functions.find(name);
  if (!record) throw functionNotFound(functionArn(space, name));
  return record;
}

/** The permission that an operation on a function needs. */
export function onFunction({ space }: Lambda, action: string, text: string, qualifier?: string) {
  return [{ action: `lambda:${action}`, resource: functionArn(space, parseFunctionName(space, text, qualifier)) }];
}

/** The record with a change, as a new revision. */
export function revised({ ctx }: Lambda, record: FunctionRecord, change: Partial<FunctionRecord>): FunctionRecord {
  return { ...record, ...change, lastModified: ctx.clock(), revisionId: ctx.newId() };
}
