/** Errors of Lambda, word for word: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
import { AwsError } from '../../service.ts';

export function functionNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
}

export function functionExists(name: string): AwsError {
  return new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
}

export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, 409, { Type: 'User' });
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}

export function tooLarge(bytes: number, limit: number): AwsError {
  const message = `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${limit} bytes)`;
  return new AwsError('RequestTooLargeException', message, 413, { Type: 'User' });
}
