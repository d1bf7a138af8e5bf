import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { recordSignIn, recordSignOut } from '@/lib/audit';
import { db } from '@/lib/db';
import { authSecret } from './secret';
import { signIn } from './sign-in';
import { LOCKED } from './sign-in-error';

declare module 'next-auth' {
  interface User {
    sessionVersion: number;
  }
  interface Session {
    userId: string;
    sessionVersion: number;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionVersion?: number;
  }
}

const SESSION_SECONDS = 12 * 3600;
const Given = z.object({ email: z.string().max(320), password: z.string().max(1024) });

/**
 * The session is a signed cookie that says only who it is; the role is read from the database at every request, so
 * that a changed role, a new password and a switched-off account take effect at once.
 */
export async function authOptions(): Promise<NextAuthOptions> {
  return {
    secret: await authSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [Credentials({ credentials: { email: { type: 'email' }, password: { type: 'password' } }, authorize })],
    events: { signOut: ({ token }) => recordSignOut(token.sub ?? '') },
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sub: user.id, sessionVersion: user.sessionVersion } : token),
      session: ({ session, token }) => ({
        ...session,
        userId: token.sub ?? '',
        sessionVersion: token.sessionVersion ?? 0,
      }),
    },
  };
}

async function authorize(raw: unknown) {
  const given = Given.safeParse(raw);
  if (!given.success) return null;
  const outcome = await signIn(await db(), given.data);
  await recordSignIn(given.data.email, outcome.status, 'password');
  if (outcome.status === 'locked') throw new Error(LOCKED);
  return outcome.status === 'signed-in' ? outcome.user : null;
}
