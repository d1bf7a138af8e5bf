/** What `npm run audit:verify` runs: both halves of the trail, one after the other, in sentences on the terminal. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createTranslator } from 'next-intl';
import { auditKey } from '@/lib/audit/audit-key';
import type { ChainVerification } from '@/lib/audit/chain/finding';
import { verifyChain } from '@/lib/audit/chain/verify-chain';
import { chainSource } from '@/lib/audit/chain-source';
import { findingValues } from '@/lib/audit/finding-values';
import type { Context } from '@/lib/auth';
import { ambientClients } from '@/lib/aws/clients';
import { getLake } from '@/lib/aws/lake';
import { env } from '@/lib/config/env';
import { Database } from '@/lib/db/database';
import { messagesFor } from '@/lib/i18n/messages';
import { verifyTrailFiles } from '@/lib/trail';

const { values } = parseArgs({
  options: { aws: { type: 'boolean' }, only: { type: 'string' }, days: { type: 'string', default: '90' } },
});
const messages = messagesFor('en');
const t = createTranslator({ locale: 'en', messages, namespace: 'audit.verification' });
const problem = createTranslator({ locale: 'en', messages, namespace: 'audit.problems' });
const sentence = createTranslator({ locale: 'en', messages, namespace: 'audit.findings' });

type Found = 'whole' | 'broken' | 'unverified';

/** One half that cannot be verified keeps nobody from the other. */
function tellWhyNot(half: 'console' | 'aws', error: unknown): Found {
  console.error(`${t(`${half}.title`)}: ${error instanceof Error ? error.message : error}`);
  return 'unverified';
}

const verify = { console: verifyConsole, aws: verifyCalls };
const found: Found[] = [];
for (const half of ['console', 'aws'] as const) {
  if (!values.only || values.only === half) found.push(await verify[half]().catch((error) => tellWhyNot(half, error)));
}
if (found.includes('broken')) process.exit(1);
process.exit(found.includes('unverified') ? 2 : 0);

async function verifyConsole(): Promise<Found> {
  const { DATABASE_URL, LACUSTRE_DATA } = env();
  const folder = path.join(LACUSTRE_DATA, 'console', 'database');
  const database = await Database.start(DATABASE_URL ? { url: DATABASE_URL } : { folder }).catch((error: Error) => {
    throw new Error(
      `${error.message}\nWhile the console runs on the embedded database, verify on its page /audit/verification.`,
    );
  });
  try {
    const key = await auditKey();
    const lake = await findLake();
    const walk = verifyChain(chainSource(database.prisma, lake, key), key);
    let step = await walk.next();
    for (; !step.done; step = await walk.next()) tell(step.value);
    return report(step.value);
  } finally {
    await database.close();
  }
}

/** As the credentials that the command was started with: whoever may read the trail may verify it. */
async function verifyCalls(): Promise<Found> {
  const ctx = { role: 'administrator', aws: ambientClients() } as Context;
  const { problems, validLogFiles } = await verifyTrailFiles(ctx, { days: values.days }, ({ done, total }) =>
    tell({ checked: done, total }),
  );
  const count = problems.length;
  const lines = [
    count === 0 ? t('aws.whole', { count: validLogFiles }) : t('aws.broken', { count, checked: validLogFiles + count }),
    ...problems.map(({ code, key = '', at }) => `  ${problem(code)} ${key} (${at})`),
  ];
  print('aws', lines);
  return count === 0 ? 'whole' : 'broken';
}

function print(half: 'console' | 'aws', lines: string[]): void {
  // Over what `tell` has left on the line.
  if (process.stderr.isTTY) process.stderr.write('\r');
  console.log(`${t(`${half}.title`)}: ${lines.join('\n')}`);
}

async function findLake(): Promise<Parameters<typeof chainSource>[1]> {
  try {
    return { s3: ambientClients().s3, bucket: (await getLake()).resultsBucket };
  } catch {
    return undefined;
  }
}

function tell({ checked, total }: { checked: number; total: number }): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${checked} / ${total}`);
}

function report({ checked, findings, findingCount, wholeUntil, anchors }: ChainVerification): Found {
  const isChainWhole = findingCount === 0;
  const lines = [
    isChainWhole ? t('console.whole', { count: checked }) : t('console.broken', { count: findingCount, checked }),
    ...findings.map(
      (finding) =>
        `  ${sentence(finding.code, findingValues(finding, 'en'))}${finding.at === undefined ? '' : ` (${iso(finding.at)})`}`,
    ),
    ...(findingCount > findings.length ? [`  ${t('moreFindings', { count: findingCount - findings.length })}`] : []),
    ...(isChainWhole || wholeUntil === null ? [] : [t.markup('wholeUntil', { at: () => iso(wholeUntil) })]),
    anchors === null ? t('anchorsUnread') : t('anchors', { count: anchors }),
  ];
  print('console', lines);
  return isChainWhole ? 'whole' : 'broken';
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
