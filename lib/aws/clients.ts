import 'server-only';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import type { Role } from '@/lib/auth/permissions';
import { env } from '@/lib/config/env';
import { assumeRole, type CredentialsProvider } from './assume-role';

/** The AWS clients of one person (or of the console itself), each made on first use. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly athena: AthenaClient;
  readonly glue: GlueClient;
  readonly states: SFNClient;
  readonly lambda: LambdaClient;
  readonly events: EventBridgeClient;
  readonly logs: CloudWatchLogsClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudTrail: CloudTrailClient;
}

/** Sockets are shared by every client of every person: opening one costs more than most calls. */
const sockets = { keepAlive: true, maxSockets: 200 };
const requestHandler = {
  httpAgent: new HttpAgent(sockets),
  httpsAgent: new HttpsAgent(sockets),
  connectionTimeout: 3_000,
  requestTimeout: 60_000,
};

const PEOPLE_MAX = 500;
const people = new Map<string, AwsClients>();
let ambient: AwsClients | undefined;

/** The console's own credentials (the SDK's default chain): for the stack's outputs and AssumeRole, nothing else. */
export function ambientClients(): AwsClients {
  ambient ??= makeClients();
  return ambient;
}

/** The clients that act as the person's role; the session is named after the person, so that CloudTrail knows who. */
export function clientsFor(person: { email: string; role: Role }): AwsClients {
  const key = `${person.role} ${person.email}`;
  const clients = people.get(key) ?? makeClients(assumeRole(person));
  // Re-inserted as the newest; the one not used for longest is forgotten first.
  people.delete(key);
  people.set(key, clients);
  const oldest = people.keys().next().value;
  if (people.size > PEOPLE_MAX && oldest !== undefined) people.delete(oldest);
  return clients;
}

function makeClients(credentials?: CredentialsProvider): AwsClients {
  const { AWS_REGION: region, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = env();
  const shared = { region, credentials, requestHandler };
  const s3 = {
    ...shared,
    // A server at one address cannot be reached as bucket.address without DNS of its own.
    forcePathStyle: Boolean(AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL),
    // By default the SDK would sign the checksum of an empty body into presigned URLs, which no browser can then meet:
    // https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/MIGRATING.md
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
  };
  return lazily({
    s3: () => new S3Client(s3),
    athena: () => new AthenaClient(shared),
    glue: () => new GlueClient(shared),
    states: () => new SFNClient(shared),
    lambda: () => new LambdaClient(shared),
    events: () => new EventBridgeClient(shared),
    logs: () => new CloudWatchLogsClient(shared),
    iam: () => new IAMClient(shared),
    sts: () => new STSClient(shared),
    cloudFormation: () => new CloudFormationClient(shared),
    cloudTrail: () => new CloudTrailClient(shared),
  });
}

/** Turns a record of factories into an object whose members are made when first read. */
function lazily<T extends object>(factories: { [K in keyof T]: () => T[K] }): T {
  const made = {} as T;
  for (const name of Object.keys(factories) as (keyof T)[]) {
    Object.defineProperty(made, name, {
      configurable: true,
      get() {
        const value = factories[name]();
        Object.defineProperty(made, name, { value });
        return value;
      },
    });
  }
  return made;
}
