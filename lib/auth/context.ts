import 'server-only';
import { randomUUID } from 'node:crypto';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { type AwsClients, clientsFor } from '@/lib/aws/clients';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { authOptions } from './options';
import type { Role } from './permissions';
import { findSession } from './session';

/** What every verb is given first: who asks, and AWS as that person. */
export interface Context {
  user: { id: string; email: string; name: string };
  role: Role;
  aws: AwsClients;
  /** Names this request in the log, in audit rows and in the error that a person sees. */
  requestId: string;
  /** The browser's session; the data API has none. */
  sessionId?: string;
  /** The data API; undefined for the console's own pages. */
  via?: 'api';
}

/** Returns the signed-in person's context, or undefined. Once per request: React keeps the answer. */
export const findContext = cache(async (): Promise<Context | undefined> => {
  const cookie = await getServerSession(await authOptions());
  if (!cookie?.sessionId) return undefined;
  const session = await findSession(await db(), cookie.sessionId);
  if (!session) return undefined;
  const { sessionId, user, role } = session;
  return { user, role, aws: clientsFor({ email: user.email, role }), requestId: randomUUID(), sessionId };
});

/** Returns the signed-in person's context; throws UNAUTHENTICATED. For actions and routes. */
export async function getContext(): Promise<Context> {
  const context = await findContext();
  if (context) return context;
  throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.', { reason: 'signedOut' });
}
