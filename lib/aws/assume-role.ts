import 'server-only';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Role } from '@/lib/auth/permissions';
import { AppError } from '@/lib/errors';
import { ambientClients } from './clients';
import { toAppError } from './errors';
import { getLake } from './lake';

export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}
export type CredentialsProvider = () => Promise<SessionCredentials>;

/** The SDK asks for new credentials this long before the old ones end; we must not hand it the old ones then. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Credentials of the person's role, shared by all their clients and renewed five minutes before they end. */
export function assumeRole(
  person: { email: string; role: Role },
  fetchCredentials: (roleArn: string, sessionName: string) => Promise<SessionCredentials> = callSts,
  clock: () => number = Date.now,
): CredentialsProvider {
  let kept: Promise<SessionCredentials> | undefined;
  let until = 0;
  const renew = async () => {
    const lake = await getLake();
    const credentials = await fetchCredentials(lake.roleArns[person.role], sessionName(person.email));
    until = credentials.expiration.getTime() - RENEW_BEFORE_MS;
    return credentials;
  };
  return () => {
    if (kept && clock() < until) return kept;
    const renewal = renew();
    kept = renewal;
    // Until the answer is here everyone waits for the same request; a failure is not kept.
    until = Number.POSITIVE_INFINITY;
    renewal.catch(() => {
      if (kept === renewal) kept = undefined;
    });
    return renewal;
  };
}

/** AWS allows 2 to 64 of `\w+=,.@-`: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function sessionName(email: string): string {
  return email
    .replaceAll(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}

async function callSts(roleArn: string, name: string): Promise<SessionCredentials> {
  const { Credentials } = await ambientClients()
    .sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: name, DurationSeconds: 3600 }))
    .catch((error: unknown) => {
      throw toAppError(error);
    });
  if (
    !Credentials?.AccessKeyId ||
    !Credentials.SecretAccessKey ||
    !Credentials.SessionToken ||
    !Credentials.Expiration
  ) {
    throw new AppError('UNAVAILABLE', `STS answered AssumeRole for ${roleArn} without credentials.`);
  }
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    expiration: Credentials.Expiration,
  };
}
