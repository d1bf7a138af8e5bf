import 'server-only';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { PrismaClient } from '@/lib/db/generated/client';
import { log } from '@/lib/log';
import { ANCHOR_PREFIX, readAnchorKey } from './anchor-key';
import type { ChainedEvent } from './chain/event-hash';
import { isSigned } from './chain/signed-head';
import type { Anchor, ChainSource } from './chain/verify-chain';

const EVENTS_A_PAGE = 2000;
const OUTSIDE_MAX = 100;

const AnchorBody = z.object({
  sequence: z.int(),
  hash: z.string(),
  at: z.iso.datetime().transform((at) => new Date(at)),
  signature: z.string(),
});

/** The chain as it is in a database, and its ends in a bucket of the lake. Undefined: there is no lake to ask. */
export function chainSource(
  prisma: PrismaClient,
  lake: { s3: S3Client; bucket: string } | undefined,
  key: string,
): ChainSource {
  return {
    head: async () => (await prisma.auditHead.findUnique({ where: { id: 1 } })) ?? undefined,
    pages: (until) => pages(prisma, until),
    placeOf: async (hash) => {
      const found = await prisma.auditEvent.findFirst({ where: { hash }, select: { sequence: true } });
      return found?.sequence ?? undefined;
    },
    // In one statement: the end moves on while people work.
    outside: () => prisma.$queryRaw`
      SELECT id, at FROM "AuditEvent" WHERE sequence IS NULL
      UNION ALL SELECT id, at FROM "AuditEvent" WHERE sequence > (SELECT max(sequence) FROM "AuditHead")
      LIMIT ${OUTSIDE_MAX}`,
    anchors: async () => {
      if (!lake) return undefined;
      return listAnchors(lake).catch((cause: unknown) => {
        log.warn('the lake cannot be asked what it keeps of the audit trail', { cause });
        return undefined;
      });
    },
    isAnchorSigned: async (anchor) => (lake ? isAnchorSigned(lake, anchor, key) : false),
  };
}

async function* pages(prisma: PrismaClient, until: number | undefined): AsyncGenerator<ChainedEvent[]> {
  for (let after = 0; ; ) {
    const events = await prisma.auditEvent.findMany({
      where: { sequence: { gt: after, lte: until } },
      orderBy: { sequence: 'asc' },
      take: EVENTS_A_PAGE,
    });
    // The database may have lost what only the chain's own writer never leaves out.
    const links = events.map((event) => ({
      ...event,
      sequence: event.sequence ?? 0,
      previousHash: event.previousHash ?? '',
      hash: event.hash ?? '',
    }));
    const last = links.at(-1);
    if (!last) return;
    yield links;
    after = last.sequence;
  }
}

async function listAnchors({ s3, bucket }: { s3: S3Client; bucket: string }): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  for (let token: string | undefined, isMore = true; isMore; isMore = token !== undefined) {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: ANCHOR_PREFIX, ContinuationToken: token }),
    );
    anchors.push(...(page.Contents ?? []).flatMap(({ Key = '' }) => readAnchorKey(Key) ?? []));
    token = page.NextContinuationToken;
  }
  return anchors;
}

/** An anchor that says anything else than its name, or that nobody signed, is none. */
async function isAnchorSigned(
  { s3, bucket }: { s3: S3Client; bucket: string },
  anchor: Anchor,
  key: string,
): Promise<boolean> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: anchor.key }));
  const body = AnchorBody.safeParse(parseJson((await Body?.transformToString()) ?? '')).data;
  if (body?.sequence !== anchor.sequence || body.hash !== anchor.hash) return false;
  return isSigned(body, key);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
