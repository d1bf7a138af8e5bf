/**
 * One record of CloudTrail: a call of AWS, who made it, from where, on what, and how it ended. Fields that are not
 * named here are kept as they are.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import * as z from 'zod';

const SessionContext = z.looseObject({
  /** The role, for who acts by a session of it. */
  sessionIssuer: z
    .looseObject({
      type: z.string().optional(),
      principalId: z.string().optional(),
      arn: z.string().optional(),
      accountId: z.string().optional(),
      userName: z.string().optional(),
    })
    .optional(),
  attributes: z
    .looseObject({ creationDate: z.string().optional(), mfaAuthenticated: z.string().optional() })
    .optional(),
});

const UserIdentity = z.looseObject({
  /** `Root`, `IAMUser`, `AssumedRole`, `AWSService`, … */
  type: z.string(),
  principalId: z.string().optional(),
  arn: z.string().optional(),
  accountId: z.string().optional(),
  accessKeyId: z.string().optional(),
  userName: z.string().optional(),
  /** The service that made the call for somebody: `athena.amazonaws.com`. */
  invokedBy: z.string().optional(),
  sessionContext: SessionContext.optional(),
});

const Resource = z.looseObject({
  ARN: z.string().optional(),
  /** What a list of objects was narrowed to. */
  ARNPrefix: z.string().optional(),
  accountId: z.string().optional(),
  /** `AWS::S3::Object`. */
  type: z.string().optional(),
});

const Fields = z.record(z.string(), z.unknown()).nullish();

export const TrailRecord = z.looseObject({
  eventVersion: z.string(),
  userIdentity: UserIdentity,
  /** ISO 8601, whole seconds, UTC. */
  eventTime: z.string(),
  /** `s3.amazonaws.com`. */
  eventSource: z.string(),
  /** `PutObject`. */
  eventName: z.string(),
  awsRegion: z.string(),
  /** An address, or the service that called for somebody. */
  sourceIPAddress: z.string().optional(),
  userAgent: z.string().optional(),
  /** Only of a call that failed. */
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  requestParameters: Fields,
  responseElements: Fields,
  additionalEventData: Fields,
  requestID: z.string().optional(),
  eventID: z.string(),
  readOnly: z.boolean().optional(),
  resources: z.array(Resource).optional(),
  eventType: z.string(),
  managementEvent: z.boolean().optional(),
  recipientAccountId: z.string().optional(),
  /** `Management` or `Data`. */
  eventCategory: z.string().optional(),
});
export type TrailRecord = z.infer<typeof TrailRecord>;

/** What a log file holds. */
export const TrailLogFile = z.looseObject({ Records: z.array(TrailRecord) });

const DENIALS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'Client.UnauthorizedOperation',
]);

/** Whether the call was refused for want of permission. */
export function isDenied({ errorCode }: Pick<TrailRecord, 'errorCode'>): boolean {
  return errorCode !== undefined && DENIALS.has(errorCode);
}
