/** Errors of CloudTrail, word for word where AWS documents them: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Operations.html */
import { AwsError } from '../../service.ts';

export function trailNotFound(name: string, account: string): AwsError {
  return new AwsError('TrailNotFoundException', `Unknown trail: ${name} for the user: ${account}`, 400);
}

export function trailExists(name: string, account: string): AwsError {
  return new AwsError('TrailAlreadyExistsException', `Trail ${name} already exists for customer: ${account}`);
}

export function bucketMissing(name: string): AwsError {
  return new AwsError('S3BucketDoesNotExistException', `S3 bucket ${name} does not exist!`);
}

export function bucketPolicyTooNarrow(name: string): AwsError {
  return new AwsError(
    'InsufficientS3BucketPolicyException',
    `Incorrect S3 bucket policy is detected for bucket: ${name}`,
  );
}

export function unsupportedParameter(name: string): AwsError {
  return new AwsError('UnsupportedOperationException', `The local lake does not support ${name} of a trail.`);
}

export function invalidToken(): AwsError {
  return new AwsError('InvalidNextTokenException', 'The token in the call to LookupEvents is not valid.');
}
