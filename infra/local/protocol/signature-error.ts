import { AwsError } from '../service.ts';

export type SignatureProblem =
  | 'unsupported'
  | 'incomplete'
  | 'incompleteQuery'
  | 'malformed'
  | 'badUri'
  | 'missing'
  | 'unknownKey'
  | 'mismatch'
  | 'skewed'
  | 'notYetValid'
  | 'presignedExpired'
  | 'badToken'
  | 'expiredToken'
  | 'wrongRegion'
  | 'wrongService'
  | 'unsignedHeaders';

/** Why a request could not be authenticated; each service family has its own code and words for it. */
export class SignatureError extends Error {
  readonly problem: SignatureProblem;
  readonly facts: Record<string, string>;
  constructor(problem: SignatureProblem, message?: string, facts: Record<string, string> = {}) {
    super(message);
    this.problem = problem;
    this.facts = facts;
  }
}

export type AuthFamily = 's3' | 'query' | 'json';

type Answer = (error: SignatureError) => AwsError;

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const EXPIRED = ({ facts }: SignatureError) =>
  `Signature expired or not yet current: the request is dated ${facts.requestTime}, the server's clock says ${facts.serverTime} (15 minutes may lie between).`;

const s3 =
  (
    code: string,
    status: number,
    message: string,
    details?: (facts: Record<string, string>) => Record<string, unknown>,
  ): Answer =>
  (error) =>
    new AwsError(code, error.message || message, status, details?.(error.facts));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const S3: Record<SignatureProblem, Answer> = {
  unsupported: s3(
    'InvalidRequest',
    400,
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  ),
  incomplete: s3('AuthorizationHeaderMalformed', 400, 'The authorization header is malformed.'),
  incompleteQuery: s3('AuthorizationQueryParametersError', 400, ''),
  malformed: s3('AuthorizationHeaderMalformed', 400, ''),
  badUri: s3('InvalidURI', 400, "Couldn't parse the specified URI."),
  missing: s3('AccessDenied', 403, 'Access Denied'),
  unknownKey: s3(
    'InvalidAccessKeyId',
    403,
    'The AWS Access Key Id you provided does not exist in our records.',
    (facts) => ({ AWSAccessKeyId: facts.accessKeyId }),
  ),
  mismatch: s3(
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    (facts) => ({
      AWSAccessKeyId: facts.accessKeyId,
      StringToSign: facts.stringToSign,
      CanonicalRequest: facts.canonicalRequest,
    }),
  ),
  skewed: s3(
    'RequestTimeTooSkewed',
    403,
    'The difference between the request time and the current time is too large.',
    (facts) => ({
      RequestTime: facts.requestTime,
      ServerTime: facts.serverTime,
      MaxAllowedSkewMilliseconds: 900000,
    }),
  ),
  notYetValid: s3('AccessDenied', 403, 'Request is not yet valid'),
  presignedExpired: s3('AccessDenied', 403, 'Request has expired'),
  badToken: s3('InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'),
  expiredToken: s3('ExpiredToken', 400, 'The provided token has expired.'),
  wrongRegion: (error) =>
    new AwsError(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${error.facts.found}' is wrong; expecting '${error.facts.expected}'`,
      400,
      { Region: error.facts.expected },
    ),
  wrongService: s3(
    'AuthorizationHeaderMalformed',
    400,
    'The authorization header is malformed; incorrect service. This endpoint belongs to "s3".',
  ),
  unsignedHeaders: s3(
    'AccessDenied',
    403,
    'There were headers present in the request which were not signed',
    (facts) => ({ HeadersNotSigned: facts.headers }),
  ),
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html; JSON services name some of them otherwise. */
function common(
  names: { invalid: string; unknown: string; missing: string; incomplete: string; expired: string },
  status: number,
): Record<SignatureProblem, Answer> {
  const answer =
    (code: string, message: string): Answer =>
    (error) =>
      new AwsError(code, error.message || message, status);
  const outOfTime: Answer = (error) => new AwsError(names.invalid, EXPIRED(error), status);
  return {
    unsupported: answer(names.incomplete, 'Authorization header requires the algorithm AWS4-HMAC-SHA256.'),
    incomplete: answer(names.incomplete, ''),
    incompleteQuery: answer(names.incomplete, ''),
    malformed: answer(names.incomplete, ''),
    badUri: answer(names.incomplete, 'The request URI is not well formed.'),
    missing: answer(names.missing, 'Request is missing Authentication Token'),
    unknownKey: answer(names.unknown, 'The security token included in the request is invalid.'),
    mismatch: answer(names.invalid, MISMATCH),
    skewed: outOfTime,
    notYetValid: answer(names.invalid, 'Signature not yet current'),
    presignedExpired: answer(names.invalid, 'Signature expired'),
    badToken: answer(names.unknown, 'The security token included in the request is invalid.'),
    expiredToken: answer(names.expired, 'The security token included in the request is expired'),
    wrongRegion: (error) =>
      new AwsError(
        names.invalid,
        `Credential should be scoped to a valid region, not '${error.facts.found}'. Expecting '${error.facts.expected}'.`,
        status,
      ),
    wrongService: (error) =>
      new AwsError(names.invalid, `Credential should be scoped to correct service: '${error.facts.expected}'.`, status),
    unsignedHeaders: answer(names.invalid, MISMATCH),
  };
}

const ANSWERS: Record<AuthFamily, Record<SignatureProblem, Answer>> = {
  s3: S3,
  query: common(
    {
      invalid: 'SignatureDoesNotMatch',
      unknown: 'InvalidClientTokenId',
      missing: 'MissingAuthenticationToken',
      incomplete: 'IncompleteSignature',
      expired: 'ExpiredToken',
    },
    403,
  ),
  json: common(
    {
      invalid: 'InvalidSignatureException',
      unknown: 'UnrecognizedClientException',
      missing: 'MissingAuthenticationTokenException',
      incomplete: 'IncompleteSignatureException',
      expired: 'ExpiredTokenException',
    },
    400,
  ),
};

/** The answer of a service family to a request that could not be authenticated. */
export function signatureAnswer(error: SignatureError, family: AuthFamily): AwsError {
  return ANSWERS[family][error.problem](error);
}
