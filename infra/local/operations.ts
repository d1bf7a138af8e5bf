/** Runs one operation of a service; the same for requests from outside and calls from inside. */
import { parseInput } from './protocol/validation.ts';
import { type Access, AwsError, type Caller, type Operation, type Service } from './service.ts';

export type Authorize = (caller: Caller, access: Access) => void;

export async function runOperation(
  service: Service,
  name: string,
  input: unknown,
  caller: Caller,
  authorize: Authorize,
): Promise<unknown> {
  const operation = findOperation(service, name);
  if (!operation) throw unsupported(service, name);
  const parsed = parseInput(operation.input, input, validationCode(service));
  for (const access of operation.access(parsed, caller)) authorize(caller, access);
  return operation.run(parsed, caller);
}

export function findOperation(service: Service, name: string): Operation | undefined {
  return service.operations && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
}

/** AWS's answer to an operation it does not know. https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export function unsupported(service: Service | undefined, name: string): AwsError {
  const which = service ? `${service.name}:${name}` : name;
  if (service && 'protocol' in service && service.protocol === 'query') {
    return new AwsError('InvalidAction', `Could not find operation ${name}: the local lake does not support ${which}.`);
  }
  return new AwsError('UnknownOperationException', `The local lake does not support ${which}.`);
}

function validationCode(service: Service): string {
  if (!('protocol' in service)) return 'ValidationException';
  return service.validationError ?? (service.protocol === 'query' ? 'ValidationError' : 'ValidationException');
}
