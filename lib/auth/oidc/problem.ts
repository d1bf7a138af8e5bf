import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '@/lib/config/env';
import { routes } from '@/lib/routes';
import { authSecret } from '../secret';

/** Why nobody was let in. The first ones are of the conversation with the provider, the others of who the person is. */
const PROBLEM_CODES = [
  'denied',
  'expired',
  'wrongState',
  'clientRefused',
  'providerDown',
  'clock',
  'answer',
  'noGroup',
  'tooManyGroups',
  'notInvited',
  'emailNotVerified',
  'emailTaken',
  'switchedOff',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

const Problem = z.object({
  code: z.enum(PROBLEM_CODES),
  email: z.string().optional(),
  /** Those that the provider told of, where none of them has a role. */
  groups: z.array(z.string()).optional(),
  groupsLeftOut: z.number().optional(),
});
export type Problem = z.infer<typeof Problem>;

const COOKIE = 'lacustre.sign-in-problem';
const SALT = 'sign-in-problem';
const KEPT_SECONDS = 600;
/** A cookie takes 4 KB. */
const GROUPS_MAX = 20;
const GROUP_CHARACTERS_MAX = 64;

/** Remembers the problem for the page that tells of it: encrypted, so that no link can make that page say anything. */
export async function keepProblem({ groups, ...problem }: Problem): Promise<void> {
  const shown = groups?.slice(0, GROUPS_MAX).map((group) => group.slice(0, GROUP_CHARACTERS_MAX));
  const groupsLeftOut = (groups?.length ?? 0) - (shown?.length ?? 0);
  const token = { ...problem, ...(shown ? { groups: shown, groupsLeftOut } : {}) };
  const sealed = await encode({ token, secret: await authSecret(), salt: SALT, maxAge: KEPT_SECONDS });
  (await cookies()).set(COOKIE, sealed, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().NEXTAUTH_URL?.startsWith('https:') ?? false,
    path: routes.signInProblem(),
    maxAge: KEPT_SECONDS,
  });
}

/** Returns the problem of this browser's last try, or undefined. */
export async function findProblem(): Promise<Problem | undefined> {
  const sealed = (await cookies()).get(COOKIE)?.value;
  if (!sealed) return undefined;
  const token = await decode({ token: sealed, secret: await authSecret(), salt: SALT }).catch(() => null);
  const parsed = Problem.safeParse(token);
  return parsed.success ? parsed.data : undefined;
}
