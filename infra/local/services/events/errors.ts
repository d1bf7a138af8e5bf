/** Errors of EventBridge, word for word: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
import { AwsError } from '../../service.ts';

export function ruleNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
}

export function busNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

export function invalidPattern(message: string): AwsError {
  return new AwsError('InvalidEventPatternException', message);
}

export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceededException', message);
}
