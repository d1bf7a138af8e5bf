import { AwsError } from '../../service.ts';

/** A refusal whose answer carries headers of its own, such as that a delete marker is in the way. */
export class S3Failure extends AwsError {
  readonly headers: Record<string, string>;

  constructor(error: AwsError, headers: Record<string, string>) {
    super(error.code, error.message, error.status, error.details);
    this.headers = headers;
  }
}
