/** Glue's errors in Glue's words: https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html#API_CreateTable_Errors */
import { AwsError } from '../../service.ts';

export const entityNotFound = (message: string) => new AwsError('EntityNotFoundException', message);
export const alreadyExists = (message: string) => new AwsError('AlreadyExistsException', message);
export const invalidInput = (message: string) => new AwsError('InvalidInputException', message);
export const concurrentModification = (message: string) => new AwsError('ConcurrentModificationException', message);
export const concurrentRunsExceeded = (jobName: string) =>
  new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${jobName}`);
export const glueError = (code: string, message: string) => new AwsError(code, message);
