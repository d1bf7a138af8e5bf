import 'server-only';
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import { auditKey } from './audit-key';
import { type ChainedEvent, eventHash } from './chain/event-hash';
import { type Head, signHead } from './chain/signed-head';
import { HEAD_FORGED } from './chain/verify-chain';
import { lockHead, moveHead } from './lock-head';

/** What is known of an event before it has its place in the chain. */
export interface NewEvent {
  actorEmail: string;
  actorRole: string;
  action: string;
  subject: string;
  details: Record<string, string | number | boolean | null>;
  requestId: string;
  outcome: 'done' | 'denied' | 'failed';
  sourceIp: string | null;
  userAgent: string | null;
}

interface Waiting {
  event: NewEvent;
  resolve: (head: Head) => void;
  reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];
let isWriting = false;

/**
 * Writes an event to the end of the chain; resolves when it is there for good. What comes while a transaction is under way is
 * written by the next one together: a thousand files that are deleted at once cost few transactions.
 */
export function appendEvent(event: NewEvent): Promise<Head> {
  return new Promise((resolve, reject) => {
    waiting.push({ event, resolve, reject });
    if (!isWriting) void writeWaiting();
  });
}

const EVENTS_AT_ONCE = 200;

async function writeWaiting(): Promise<void> {
  isWriting = true;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, EVENTS_AT_ONCE);
    waiting = waiting.slice(EVENTS_AT_ONCE);
    try {
      const head = await writeEvents(
        await db(),
        batch.map(({ event }) => event),
      );
      for (const { resolve } of batch) resolve(head);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  isWriting = false;
}

/** Writes events in one transaction, which waits for those of other consoles on the same database. */
export async function writeEvents(prisma: PrismaClient, events: readonly NewEvent[]): Promise<Head> {
  const key = await auditKey();
  return prisma.$transaction(async (tx) => {
    const { head, isTrusted } = await lockHead(tx, key);
    const links = chain(head, isTrusted ? events : [forgedHead(head), ...events]);
    await tx.auditEvent.createMany({ data: links as Prisma.AuditEventCreateManyInput[] });
    const { sequence, hash, at } = links.at(-1) ?? head;
    const next = signHead({ sequence, hash, at }, key);
    await moveHead(tx, next);
    return next;
  });
}

/** Gives events their places: each behind the one before it, in time as well. */
function chain(head: Omit<Head, 'signature'>, events: readonly NewEvent[]): ChainedEvent[] {
  const at = new Date(Math.max(Date.now(), head.at.getTime()));
  const links: ChainedEvent[] = [];
  let { sequence, hash: previousHash } = head;
  for (const event of events) {
    sequence += 1;
    const link = { ...event, id: randomUUID(), at, sequence, previousHash };
    const hash = eventHash(link);
    links.push({ ...link, hash });
    previousHash = hash;
  }
  return links;
}

/** The chain goes on behind an end that is not ours, and says so for good. */
function forgedHead({ sequence, hash }: Omit<Head, 'signature'>): NewEvent {
  return {
    actorEmail: 'console',
    actorRole: 'console',
    action: HEAD_FORGED,
    subject: 'audit',
    details: { sequence, hash },
    requestId: '–',
    outcome: 'failed',
    sourceIp: null,
    userAgent: null,
  };
}
