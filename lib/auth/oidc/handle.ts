import 'server-only';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { recordAudit } from '@/lib/audit';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { routes } from '@/lib/routes';
import { actorOf } from '../actor';
import { listenToErrors } from '../next-auth-log';
import { authOptions } from '../options';
import { requestOrigin } from '../request-origin';
import { openSession } from '../session';
import { type Admitted, admit } from './admit';
import { Claims } from './claims';
import { DiscoveryError, discover, type Metadata } from './discover';
import { failureOf } from './failure-of';
import { keepProblem, type Problem } from './problem';
import { oidcProvider } from './provider';
import type { OidcSettings } from './settings';

export interface NextAuthRoute {
  params: Promise<{ nextauth: string[] }>;
}

/** Answers the two requests of a sign-in by the provider: the one that leads to it, and the one that comes back. */
export async function handleOidc(
  request: NextRequest,
  route: NextAuthRoute,
  settings: OidcSettings,
): Promise<Response> {
  const metadata = await findMetadata(settings.issuer);
  if (!metadata) return toProblem(request, { code: 'providerDown' });
  let problem: Problem | undefined;
  const options = await authOptions({
    provider: oidcProvider(settings, metadata),
    admit: async (profile) => {
      const admitted = await admitPerson(profile, settings);
      if (typeof admitted === 'string') return { sessionId: admitted };
      problem = admitted;
      return { problemPage: routes.signInProblem() };
    },
  });
  const note = (logged: unknown) => {
    const { code, said } = failureOf(logged);
    // The first is the cause of those that follow.
    if (problem) return;
    problem = { code };
    log.warn('sign-in by the identity provider failed', { code, said });
  };
  const response = await listenToErrors(note, () => NextAuth(request, route, options) as Promise<Response>);
  return problem ? toProblem(request, problem) : response;
}

async function findMetadata(issuer: string): Promise<Metadata | undefined> {
  try {
    return await discover(issuer);
  } catch (cause) {
    if (!(cause instanceof DiscoveryError)) throw cause;
    log.error('the identity provider cannot be used', { said: cause.message, cause });
    return undefined;
  }
}

/** Leads to the page that says what happened, and drops whatever next-auth would have answered. */
async function toProblem(request: NextRequest, problem: Problem): Promise<Response> {
  await keepProblem(problem);
  const url = routes.signInProblem();
  // next-auth's script asks by POST, and goes where the answer says.
  if (request.method === 'POST') return Response.json({ url });
  return new Response(null, { status: 303, headers: { location: url } });
}

/** Returns the id of the session that was opened, or why there is none. */
async function admitPerson(profile: unknown, settings: OidcSettings): Promise<string | Problem> {
  const claims = Claims.safeParse(profile);
  if (!claims.success) return { code: 'answer' };
  const prisma = await db();
  const admission = await admit(prisma, claims.data, settings);
  if (admission.status === 'refused') {
    log.warn('the identity provider’s person may not come in', { code: admission.problem.code });
    return admission.problem;
  }
  const origin = await requestOrigin();
  const sessionId = await openSession(prisma, { userId: admission.user.id, how: 'oidc', origin });
  await record(admission, actorOf(admission.user, origin));
  return sessionId;
}

const CHANGES = { created: 'people.create', linked: 'people.link-identity', role: 'people.update' } as const;

async function record({ user, change, invitedBy }: Admitted, actor: ReturnType<typeof actorOf>): Promise<void> {
  const subject = user.email;
  if (change) {
    const details = { how: 'oidc', role: user.role, ...(invitedBy ? { invitedBy } : {}) };
    await recordAudit(actor, { action: CHANGES[change], subject, details });
  }
  await recordAudit(actor, { action: 'account.sign-in', subject, details: { how: 'oidc' } });
}
