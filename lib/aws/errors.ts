import { z } from 'zod';
import { AppError, type ErrorCode, type ErrorDetails } from '@/lib/errors';
import { readDenial } from '@/lib/languages/iam-policy/read-denial.ts';

/** Exception names of the services we call → our code. A name that is not here falls back on its HTTP status. */
const CODES: Record<string, ErrorCode> = {
  AccessDenied: 'FORBIDDEN',
  AccessDeniedException: 'FORBIDDEN',
  Forbidden: 'FORBIDDEN',
  UnauthorizedOperation: 'FORBIDDEN',
  NoSuchBucket: 'NOT_FOUND',
  NoSuchKey: 'NOT_FOUND',
  NoSuchUpload: 'NOT_FOUND',
  NoSuchVersion: 'NOT_FOUND',
  NotFound: 'NOT_FOUND',
  EntityNotFoundException: 'NOT_FOUND',
  ResourceNotFoundException: 'NOT_FOUND',
  ExecutionDoesNotExist: 'NOT_FOUND',
  StateMachineDoesNotExist: 'NOT_FOUND',
  NoSuchEntity: 'NOT_FOUND',
  NoSuchEntityException: 'NOT_FOUND',
  AlreadyExistsException: 'CONFLICT',
  BucketAlreadyExists: 'CONFLICT',
  BucketAlreadyOwnedByYou: 'CONFLICT',
  ConcurrentModificationException: 'CONFLICT',
  ConcurrentRunsExceededException: 'CONFLICT',
  ConditionalRequestConflict: 'CONFLICT',
  EntityAlreadyExists: 'CONFLICT',
  ExecutionAlreadyExists: 'CONFLICT',
  PreconditionFailed: 'CONFLICT',
  EntityTooLarge: 'LIMIT_EXCEEDED',
  ExecutionLimitExceeded: 'LIMIT_EXCEEDED',
  LimitExceededException: 'LIMIT_EXCEEDED',
  ResourceNumberLimitExceededException: 'LIMIT_EXCEEDED',
  InvalidInputException: 'INVALID',
  InvalidRequestException: 'INVALID',
  InvalidDefinition: 'INVALID',
  InvalidArn: 'INVALID',
  InvalidPart: 'INVALID',
  ValidationError: 'INVALID',
  ValidationException: 'INVALID',
  RequestLimitExceeded: 'THROTTLED',
  SlowDown: 'THROTTLED',
  Throttling: 'THROTTLED',
  ThrottlingException: 'THROTTLED',
  TooManyRequestsException: 'THROTTLED',
  InternalError: 'UNAVAILABLE',
  InternalFailure: 'UNAVAILABLE',
  InternalServerException: 'UNAVAILABLE',
  InternalServiceException: 'UNAVAILABLE',
  ServiceUnavailable: 'UNAVAILABLE',
  ExpiredToken: 'UNAVAILABLE',
  ExpiredTokenException: 'UNAVAILABLE',
  InvalidAccessKeyId: 'UNAVAILABLE',
  InvalidClientTokenId: 'UNAVAILABLE',
  InvalidSignatureException: 'UNAVAILABLE',
  RequestTimeTooSkewed: 'UNAVAILABLE',
  SignatureDoesNotMatch: 'UNAVAILABLE',
  UnrecognizedClientException: 'UNAVAILABLE',
};

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'TimeoutError',
  'NetworkingError',
]);
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);
const BAD_CREDENTIALS = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** What the SDK throws for an answer of AWS, as far as we read it. */
const SdkError = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.number().optional(), requestId: z.string().optional() }),
});
const NodeError = z.object({
  name: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  address: z.string().optional(),
  port: z.number().optional(),
});

/** Turns whatever a verb threw into an AppError; the original is always kept as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return new AppError('INVALID', z.prettifyError(error), { cause: error });
  const network = NodeError.safeParse(error).data;
  if (network && [network.code, network.name].some((name) => name && UNREACHABLE.has(name))) {
    return unreachable(error, network);
  }
  if (network?.name && NO_CREDENTIALS.has(network.name)) return noCredentials(error);
  const answer = SdkError.safeParse(error).data;
  if (answer) return fromAnswer(error, answer);
  return new AppError('INTERNAL', 'Something went wrong in the console itself.', { cause: error, reason: 'internal' });
}

function fromAnswer(cause: unknown, answer: z.infer<typeof SdkError>): AppError {
  const status = answer.$metadata.httpStatusCode;
  const code = CODES[answer.name] ?? fromStatus(status);
  const details: ErrorDetails = { awsError: answer.name, awsRequestId: answer.$metadata.requestId };
  if (code === 'FORBIDDEN') return denied(cause, answer.message, details);
  if (BAD_CREDENTIALS.has(answer.name)) {
    return new AppError('UNAVAILABLE', `AWS does not accept the console's credentials: ${answer.message}`, {
      cause,
      reason: 'credentialsRefused',
      details: { ...details, said: answer.message },
    });
  }
  return new AppError(code, answer.message || `AWS answered ${answer.name}.`, { cause, details });
}

function denied(cause: unknown, message: string, details: ErrorDetails): AppError {
  const denial = readDenial(message);
  return new AppError('FORBIDDEN', message || 'AWS denied the request.', {
    cause,
    reason: denial ? 'denied' : 'deniedUnnamed',
    details: {
      ...details,
      principal: denial?.principal ?? '–',
      action: denial?.action ?? '–',
      resource: denial?.resource ?? '*',
      said: message,
    },
  });
}

function fromStatus(status: number | undefined): ErrorCode {
  if (status === 403) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  if (status === 409 || status === 412) return 'CONFLICT';
  if (status === 429) return 'THROTTLED';
  if (status !== undefined && status >= 500) return 'UNAVAILABLE';
  return 'INVALID';
}

function unreachable(cause: unknown, network: z.infer<typeof NodeError>): AppError {
  const endpoint = network.address
    ? `${network.address}:${network.port ?? ''}`
    : (process.env.AWS_ENDPOINT_URL ?? 'AWS');
  return new AppError(
    'UNAVAILABLE',
    `The lake at ${endpoint} does not answer (${network.code ?? network.name}). Check that it is running, then try again.`,
    { cause, reason: 'lakeUnreachable', details: { endpoint, cause: network.code ?? network.name } },
  );
}

function noCredentials(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The console has no AWS credentials. Sign in to AWS or set AWS_PROFILE.', {
    cause,
    reason: 'noCredentials',
  });
}
