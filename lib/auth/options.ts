import 'server-only';
import type { NextAuthOptions, User } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '@/lib/config/env';
import { routes } from '@/lib/routes';
import { nextAuthLogger } from './next-auth-log';
import { signInByPassword, signOut } from './record-sign-in';
import { authSecret } from './secret';

declare module 'next-auth' {
  interface User {
    sessionId: string;
  }
  interface Session {
    sessionId?: string;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionId?: string;
  }
}

/** What a sign-in by an identity provider adds: the provider, and who of its people may come in. */
export interface ByProvider<P> {
  provider: OAuthConfig<P>;
  /** Returns the session's id, or the address of the page that says why there is none. */
  admit: (profile: unknown) => Promise<{ sessionId: string } | { problemPage: string }>;
}

/**
 * The cookie is encrypted and says only which session it is: that it counts, whose it is and what they may do is read from
 * the database at every request, so that an ended session, a changed role and a switched-off account take effect at once.
 */
export async function authOptions<P>(by?: ByProvider<P>): Promise<NextAuthOptions> {
  const { LACUSTRE_SESSION_HOURS, LACUSTRE_PASSWORD_SIGN_IN } = env();
  const credentials = { email: { type: 'email' }, password: { type: 'password' } };
  const byPassword = Credentials({ credentials, authorize: signInByPassword });
  return {
    secret: await authSecret(),
    session: { strategy: 'jwt', maxAge: LACUSTRE_SESSION_HOURS * 3600 },
    pages: { signIn: routes.signIn(), error: routes.signIn() },
    providers: [...(LACUSTRE_PASSWORD_SIGN_IN === 'no' ? [] : [byPassword]), ...(by ? [by.provider] : [])],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.type !== 'oauth') return true;
        const admitted = (await by?.admit(profile)) ?? { problemPage: routes.signIn() };
        if ('problemPage' in admitted) return admitted.problemPage;
        // next-auth hands the same object on to `jwt`.
        (user as User).sessionId = admitted.sessionId;
        return true;
      },
      jwt: ({ token, user }) => ({ sessionId: user ? (user as User).sessionId : token.sessionId }),
      session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sessionId }),
    },
    events: { signOut: ({ token }) => signOut(token?.sessionId) },
    logger: nextAuthLogger,
  };
}
