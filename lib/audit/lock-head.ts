import 'server-only';
import type { Prisma } from '@/lib/db/generated/client';
import { GENESIS } from './chain/event-hash';
import { type Head, isSigned } from './chain/signed-head';

type Tx = Prisma.TransactionClient;

/**
 * Locks the end of the chain until the transaction is over, so that writers come one after the other. `isTrusted` is false
 * where somebody else has written it: what is appended then says so, and is not made to look whole.
 */
export async function lockHead(tx: Tx, key: string): Promise<{ head: Omit<Head, 'signature'>; isTrusted: boolean }> {
  const found = await selectHead(tx);
  if (found) return { head: found, isTrusted: isSigned(found, key) };
  const last = await tx.auditEvent.findFirst({ where: { sequence: { not: null } }, orderBy: { sequence: 'desc' } });
  const head = { sequence: last?.sequence ?? 0, hash: last?.hash ?? GENESIS, at: last?.at ?? new Date(0) };
  // Of two that find none, one inserts it and the other waits for its lock.
  await tx.auditHead.createMany({ data: [{ id: 1, ...head, signature: '' }], skipDuplicates: true });
  const locked = await selectHead(tx);
  if (!locked) throw new Error('The end of the audit trail cannot be locked.');
  const isOwn = locked.signature === '' && locked.sequence === head.sequence;
  return { head: locked, isTrusted: isOwn ? head.sequence === 0 : isSigned(locked, key) };
}

async function selectHead(tx: Tx): Promise<Head | undefined> {
  const rows = await tx.$queryRaw<
    Head[]
  >`SELECT sequence, hash, at, signature FROM "AuditHead" WHERE id = 1 FOR UPDATE`;
  return rows[0];
}

export async function moveHead(tx: Tx, { sequence, hash, at, signature }: Head): Promise<void> {
  await tx.auditHead.update({ where: { id: 1 }, data: { sequence, hash, at, signature }, select: { id: true } });
}
