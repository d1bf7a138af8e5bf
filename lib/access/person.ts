import type { Role } from '@/lib/auth/permissions';

/** One account, as the pages see it. Times in milliseconds. */
export interface Person {
  id: string;
  email: string;
  name: string;
  role: Role;
  isActive: boolean;
  lastSignInAt: number | null;
}

export function toPerson(user: Omit<Person, 'lastSignInAt'> & { lastSignInAt: Date | null }): Person {
  const { id, email, name, role, isActive, lastSignInAt } = user;
  return { id, email, name, role, isActive, lastSignInAt: lastSignInAt?.getTime() ?? null };
}
