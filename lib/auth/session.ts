import 'server-only';
import { env } from '@/lib/config/env';
import type { PrismaClient } from '@/lib/db/generated/client';
import { isRole, type Role } from './permissions';
import type { RequestOrigin } from './request-origin';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What ended is kept so long, for whoever asks what happened; then it is forgotten. */
const KEPT_MS = 30 * 24 * HOUR_MS;
const USER_AGENT_MAX = 512;

export type SignInMethod = 'password' | 'oidc';

type Db = Pick<PrismaClient, 'session' | '$queryRaw'>;

export interface SessionOwner {
  sessionId: string;
  user: { id: string; email: string; name: string };
  role: Role;
}

/** Begins a session and returns its id, which the browser's cookie will carry. */
export async function openSession(
  db: Db,
  { userId, how, origin }: { userId: string; how: SignInMethod; origin: RequestOrigin },
  now = new Date(),
): Promise<string> {
  await db.session.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - KEPT_MS) } } });
  const { id } = await db.session.create({
    data: {
      userId,
      how,
      sourceIp: origin.sourceIp,
      userAgent: origin.userAgent?.slice(0, USER_AGENT_MAX) ?? '',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + env().LACUSTRE_SESSION_HOURS * HOUR_MS),
    },
    select: { id: true },
  });
  return id;
}

interface Row {
  lastSeenAt: Date;
  id: string;
  email: string;
  name: string;
  role: string;
}

/**
 * Returns whose session this is, or undefined once it was ended, has expired, was left alone for too long, or its person
 * was switched off. One statement: it runs before everything that the console does.
 */
export async function findSession(db: Db, sessionId: string, now = new Date()): Promise<SessionOwner | undefined> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT s."lastSeenAt", u."id", u."email", u."name", u."role"::text AS "role"
    FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."id" = ${sessionId} AND u."isActive" AND s."revokedAt" IS NULL
      AND s."expiresAt" > ${now} AND s."lastSeenAt" > ${idleSince(now)}`;
  if (!row || !isRole(row.role)) return undefined;
  if (now.getTime() - row.lastSeenAt.getTime() >= MINUTE_MS) {
    // Only forwards, and never a session that somebody is ending at this moment.
    await db.session.updateMany({
      where: { id: sessionId, revokedAt: null, lastSeenAt: { lt: now } },
      data: { lastSeenAt: now },
    });
  }
  const { id, email, name, role } = row;
  return { sessionId, user: { id, email, name }, role };
}

/** What a session must be to count still. */
export function liveSessions(now = new Date()) {
  return { revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince(now) } };
}

/** Ends the sessions of a person, but the one that is kept; returns how many there were. */
export async function endSessionsOf(
  db: Pick<PrismaClient, 'session'>,
  userId: string,
  kept?: string,
  now = new Date(),
): Promise<number> {
  const { count } = await db.session.updateMany({
    where: { userId, ...liveSessions(now), ...(kept ? { id: { not: kept } } : {}) },
    data: { revokedAt: now },
  });
  return count;
}

function idleSince(now: Date): Date {
  return new Date(now.getTime() - env().LACUSTRE_SESSION_IDLE_MINUTES * MINUTE_MS);
}
