import type { Role } from '@/lib/auth/permissions';
import type { SignInMethod } from '@/lib/auth/session';

/** One account, as the pages see it. Times in milliseconds. */
export interface Person {
  id: string;
  email: string;
  name: string;
  role: Role;
  isActive: boolean;
  lastSignInAt: number | null;
  createdAt: number;
  /** How they can prove who they are. */
  ways: SignInMethod[];
}

/** What `toPerson` needs beside the account. */
export const WITH_IDENTITIES = { identities: { select: { id: true } } } as const;

type Row = Omit<Person, 'lastSignInAt' | 'createdAt' | 'ways'> & {
  lastSignInAt: Date | null;
  createdAt: Date;
  passwordHash: string | null;
  identities: readonly unknown[];
};

export function toPerson(row: Row): Person {
  const { id, email, name, role, isActive, lastSignInAt, createdAt, passwordHash, identities } = row;
  const ways: SignInMethod[] = [
    ...(passwordHash ? ['password' as const] : []),
    ...(identities.length ? ['oidc' as const] : []),
  ];
  return {
    id,
    email,
    name,
    role,
    isActive,
    lastSignInAt: lastSignInAt?.getTime() ?? null,
    createdAt: createdAt.getTime(),
    ways,
  };
}
