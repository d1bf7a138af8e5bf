/** Athena's errors: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html#API_StartQueryExecution_Errors */
import { AwsError } from '../../service.ts';

export function invalidRequest(message: string, athenaErrorCode = 'INVALID_INPUT'): AwsError {
  return new AwsError('InvalidRequestException', message, 400, { AthenaErrorCode: athenaErrorCode });
}

/** What Athena answers when the catalog cannot give what was asked for. */
export function metadataError(message: string): AwsError {
  return new AwsError('MetadataException', message);
}
