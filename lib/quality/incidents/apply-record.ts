/**
 * What a record does to the incidents, in the transaction that keeps the record: each record counts once, whoever reads it.
 *
 * A record that comes late, behind one that is newer, tells of the past: it is kept and changes no incident. For a held
 * file newer means a later record of that file; for what is wrong in a table, a later record of the table.
 */
import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import type { Prisma } from '@/lib/db/generated/client';
import { type QualityEvaluation, scoreOf } from '@/lib/languages/quality/evaluation.ts';
import { type Cause, causesOf, isOfFile } from './causes';

type Tx = Prisma.TransactionClient;

const OF_TABLE = ['passed', 'warned'];

export async function applyRecord(
  tx: Tx,
  key: string,
  record: QualityEvaluation,
  quarantineBucket?: string,
): Promise<void> {
  const { id, database, table, dataset, verdict, source } = record;
  const at = new Date(record.evaluatedAt);
  const { count } = await tx.qualityEvaluation.createMany({
    data: [
      {
        ...{ id, key, database, table, dataset, at, verdict },
        sourceKey: source?.key ?? null,
        score: scoreOf(record) ?? null,
        anomalies: record.anomalies.length,
        record: record as Prisma.InputJsonObject,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const causes = causesOf(record, quarantineBucket);
  if (isOfFile(record)) {
    if (await isLate(tx, { sourceKey: source?.key ?? null, at: { gt: at } })) return;
    for (const cause of causes) await see(tx, record, cause);
    return;
  }
  if (source) await closeReplaced(tx, record, source.key);
  if (await isLate(tx, { database, table, verdict: { in: OF_TABLE }, at: { gt: at } })) return;
  for (const cause of causes) await see(tx, record, cause);
  await closeGone(tx, record, causes);
}

function causeKey(place: Pick<QualityEvaluation, 'database' | 'table'>, { kind, subject }: Cause): string {
  const said = kind === 'held' ? [kind, subject] : [kind, place.database, place.table, subject];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

async function isLate(tx: Tx, where: Prisma.QualityEvaluationWhereInput): Promise<boolean> {
  return (await tx.qualityEvaluation.findFirst({ where, select: { id: true } })) !== null;
}

async function see(tx: Tx, record: QualityEvaluation, found: Cause): Promise<void> {
  const at = new Date(record.evaluatedAt);
  const cause = causeKey(record, found);
  const last = await tx.incident.findFirst({ where: { cause }, orderBy: { openedAt: 'desc' } });
  const what = { seenAt: at, evaluationId: record.id, facts: found.facts as Prisma.InputJsonObject };
  if (last?.openCause) {
    await tx.incident.update({ where: { id: last.id }, data: { ...what, occurrences: { increment: 1 } } });
    return;
  }
  const isMuted = last?.mutedUntil && last.mutedUntil > at;
  const isSettled = last?.resolvedAt && last.resolvedAt >= at;
  if (isMuted || isSettled) return;
  const { database, table, dataset } = record;
  const id = randomUUID();
  const { kind, subject } = found;
  // Somebody else may open it in this moment: then theirs stands.
  const { count } = await tx.incident.createMany({
    data: [{ ...what, id, cause, openCause: cause, kind, subject, database, table, dataset, openedAt: at }],
    skipDuplicates: true,
  });
  if (count > 0) await tell(tx, id, record, 'opened');
}

/** A version of the file that passed took the place of the one that was held. */
async function closeReplaced(tx: Tx, record: QualityEvaluation, key: string): Promise<void> {
  const cause = causeKey(record, { kind: 'held', subject: key, facts: {} });
  await close(tx, record, { openCause: cause }, 'replaced');
}

async function closeGone(tx: Tx, record: QualityEvaluation, causes: Cause[]): Promise<void> {
  const { database, table } = record;
  const standing = causes.map((cause) => causeKey(record, cause));
  const where = {
    database,
    table,
    kind: { in: ['rule', 'anomaly'] },
    openCause: { not: null },
    cause: { notIn: standing },
  };
  await close(tx, record, where, 'gone');
}

/** What was seen, or reopened, since this record began is not closed by it. */
async function close(tx: Tx, record: QualityEvaluation, where: Prisma.IncidentWhereInput, kind: string): Promise<void> {
  const at = new Date(record.evaluatedAt);
  const gone = await tx.incident.findMany({ where: { ...where, seenAt: { lt: at } }, select: { id: true } });
  for (const { id } of gone) await closeIncident(tx, { id, kind, at, evaluationId: record.id });
}

/** Closes it once: whoever comes second finds it closed. */
export async function closeIncident(
  tx: Tx,
  { id, kind, at, evaluationId = null }: { id: string; kind: string; at: Date; evaluationId?: string | null },
): Promise<void> {
  const { count } = await tx.incident.updateMany({
    where: { id, openCause: { not: null } },
    data: { state: 'resolved', openCause: null, resolvedAt: at },
  });
  if (count > 0) await tx.incidentEvent.create({ data: { incidentId: id, kind, at, evaluationId } });
}

async function tell(tx: Tx, incidentId: string, record: QualityEvaluation, kind: string): Promise<void> {
  await tx.incidentEvent.create({
    data: { incidentId, kind, at: new Date(record.evaluatedAt), evaluationId: record.id },
  });
}
