import 'server-only';
import { db } from '@/lib/db';

/** Who made a version of a file through the console, and how. */
export interface Writer {
  email: string;
  /** `files.upload`, `files.restore`, `files.copy`, `files.move`, `files.delete`, `contracts.keep`. */
  action: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** For a restore: the version whose bytes were brought back. */
  fromVersionId?: string;
}

/**
 * Returns who wrote each version of the objects, by `writerKey(subject, versionId)`; versions that were written outside
 * of the console are not in it. Decides no permissions: who calls it has asked for those of the files.
 */
export async function findWriters(subjects: readonly string[]): Promise<Map<string, Writer>> {
  const prisma = await db();
  const events = await prisma.auditEvent.findMany({
    where: {
      subject: { in: [...subjects] },
      outcome: 'done',
      OR: [{ action: { startsWith: 'files.' } }, { action: { startsWith: 'contracts.' } }],
    },
    select: { at: true, actorEmail: true, action: true, subject: true, details: true },
    orderBy: { at: 'asc' },
  });
  const writers = new Map<string, Writer>();
  for (const { at, actorEmail, action, subject, details } of events) {
    const { versionId, fromVersionId } = details as { versionId?: unknown; fromVersionId?: unknown };
    if (typeof versionId !== 'string') continue;
    const restored = typeof fromVersionId === 'string' ? { fromVersionId } : {};
    writers.set(writerKey(subject, versionId), { email: actorEmail, action, at: at.getTime(), ...restored });
  }
  return writers;
}

export function writerKey(subject: string, versionId: string): string {
  return `${subject} ${versionId}`;
}
