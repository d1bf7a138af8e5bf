import 'server-only';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { after } from 'next/server';
import type { AwsClients } from '@/lib/aws/clients';
import { getLake } from '@/lib/aws/lake';
import { log } from '@/lib/log';
import { anchorKey } from './anchor-key';
import type { Head } from './chain/signed-head';

const MINUTE_MS = 60_000;

let nextAt = 0;
let newest: { aws: AwsClients; head: Head } | undefined;
let timer: NodeJS.Timeout | undefined;

/**
 * Puts the chain's end into the lake once the answer is sent, as the person whose request it was: whoever has the database
 * alone cannot cut the chain behind it. At most once a minute; what comes meanwhile is put at the minute's end.
 */
export function anchorLater(aws: AwsClients, head: Head): void {
  try {
    after(() => anchorSoon(aws, head));
  } catch {
    // Nobody asked: there is no request whose end could be waited for, as in a unit test.
  }
}

function anchorSoon(aws: AwsClients, head: Head, now = Date.now()): Promise<void> | undefined {
  if (!newest || head.sequence > newest.head.sequence) newest = { aws, head };
  if (timer) return undefined;
  if (now >= nextAt) return putNewest();
  timer = setTimeout(() => {
    timer = undefined;
    void putNewest();
  }, nextAt - now);
  timer.unref();
  return undefined;
}

async function putNewest(): Promise<void> {
  if (!newest) return;
  const { aws, head } = newest;
  newest = undefined;
  nextAt = Date.now() + MINUTE_MS;
  await putAnchor(aws, head).catch((cause: unknown) => log.warn('the audit trail could not be anchored', { cause }));
}

async function putAnchor(aws: Pick<AwsClients, 's3'>, head: Head): Promise<void> {
  const { resultsBucket } = await getLake();
  const body = {
    sequence: head.sequence,
    hash: head.hash,
    at: head.at.toISOString(),
    signature: head.signature,
  };
  await aws.s3.send(
    new PutObjectCommand({
      Bucket: resultsBucket,
      Key: anchorKey(head),
      Body: JSON.stringify(body),
      ContentType: 'application/json',
    }),
  );
}
