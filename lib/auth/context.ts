import 'server-only';
import { randomUUID } from 'node:crypto';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { type AwsClients, clientsFor } from '@/lib/aws/clients';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { authOptions } from './options';
import type { Role } from './permissions';
import { type RequestOrigin, requestOrigin } from './request-origin';

/** What every verb is given first: who asks, and AWS as that person. */
export interface Context {
  user: { id: string; email: string; name: string };
  role: Role;
  aws: AwsClients;
  /** Names this request in the log, in audit rows and in the error that a person sees. */
  requestId: string;
  /** The data API; undefined for the console's own pages. */
  via?: 'api';
  /** Id of the token that the data API was called with. */
  tokenId?: string;
  /** Undefined where no request asked. */
  origin?: RequestOrigin;
}

/** Returns the signed-in person's context, or undefined. Once per request: React keeps the answer. */
export const findContext = cache(async (): Promise<Context | undefined> => {
  const session = await getServerSession(await authOptions());
  if (!session?.userId) return undefined;
  const prisma = await db();
  const user = await prisma.user.findUnique({ where: { id: session.userId } });
  if (!user?.isActive || user.sessionVersion !== session.sessionVersion) return undefined;
  const { id, email, name, role } = user;
  const aws = clientsFor({ email, role });
  return { user: { id, email, name }, role, aws, requestId: randomUUID(), origin: await requestOrigin() };
});

/** Returns the signed-in person's context; throws UNAUTHENTICATED. For actions and routes. */
export async function getContext(): Promise<Context> {
  const context = await findContext();
  if (context) return context;
  throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.', { reason: 'signedOut' });
}
