import 'server-only';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import { auditKey } from './audit-key';
import { eventHash, GENESIS } from './chain/event-hash';
import { signHead } from './chain/signed-head';
import { moveHead } from './lock-head';

const ROWS_AT_ONCE = 1000;
const TIMEOUT_MS = 30 * 60_000;

/**
 * Chains what was written before there was a chain, in the order of time; does nothing where a chain has begun. Consoles that
 * start at once wait for each other. Returns how many events it has chained.
 */
export async function beginChain(prisma: PrismaClient): Promise<number> {
  if (await prisma.auditHead.findUnique({ where: { id: 1 } })) return 0;
  const key = await auditKey();
  return prisma.$transaction(
    async (tx) => {
      const first = { id: 1, sequence: 0, hash: GENESIS, at: new Date(0), signature: '' };
      const { count } = await tx.auditHead.createMany({ data: [first], skipDuplicates: true });
      // Rows that have a place already, and no end of their chain: somebody has taken the end away. appendEvent says so.
      const isBegun = (await tx.auditEvent.count({ where: { sequence: { not: null } }, take: 1 })) > 0;
      if (count === 0 || isBegun) {
        if (isBegun && count > 0) await tx.auditHead.delete({ where: { id: 1 } });
        return 0;
      }
      let head = { sequence: 0, hash: GENESIS, at: new Date(0) };
      for (let next = await chainSome(tx, head); next; next = await chainSome(tx, head)) head = next;
      await moveHead(tx, signHead(head, key));
      return head.sequence;
    },
    { timeout: TIMEOUT_MS },
  );
}

type Bare = { sequence: number; hash: string; at: Date };

async function chainSome(tx: Prisma.TransactionClient, head: Bare): Promise<Bare | undefined> {
  const rows = await tx.auditEvent.findMany({
    where: { sequence: null },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: ROWS_AT_ONCE,
  });
  if (rows.length === 0) return undefined;
  let { sequence, hash: previousHash } = head;
  const links = rows.map((row) => {
    sequence += 1;
    const link = { ...row, sequence, previousHash };
    previousHash = eventHash(link);
    return { ...link, hash: previousHash };
  });
  await tx.$executeRaw`
    UPDATE "AuditEvent" AS event SET sequence = link.sequence, "previousHash" = link.previous, hash = link.hash
    FROM unnest(
      ${links.map(({ id }) => id)}::text[], ${links.map((link) => link.sequence)}::integer[],
      ${links.map((link) => link.previousHash)}::text[], ${links.map(({ hash }) => hash)}::text[]
    ) AS link (id, sequence, previous, hash)
    WHERE event.id = link.id`;
  return { sequence, hash: previousHash, at: rows.at(-1)?.at ?? head.at };
}
