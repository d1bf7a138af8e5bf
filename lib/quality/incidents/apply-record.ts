/** What a record does to the incidents, in the transaction that keeps the record: each record counts once, whoever reads it. */
import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import type { Prisma } from '@/lib/db/generated/client';
import { type QualityEvaluation, scoreOf } from '@/lib/languages/quality/evaluation.ts';
import {
  applyEvaluation,
  type IncidentLedger,
  type Sighting,
} from '@/lib/languages/quality/incidents/apply-evaluation.ts';

type Tx = Prisma.TransactionClient;

const OF_TABLE = ['passed', 'warned'];

export async function applyRecord(
  tx: Tx,
  key: string,
  record: QualityEvaluation,
  quarantineBucket?: string,
): Promise<void> {
  const { id, database, table, dataset, verdict, source } = record;
  const { count } = await tx.qualityEvaluation.createMany({
    data: [
      {
        ...{ id, key, database, table, dataset, at: new Date(record.evaluatedAt), verdict },
        sourceKey: source?.key ?? null,
        score: scoreOf(record) ?? null,
        anomalies: record.anomalies.length,
        record: record as Prisma.InputJsonObject,
      },
    ],
    skipDuplicates: true,
  });
  if (count > 0) await applyEvaluation(ledgerIn(tx), record, quarantineBucket);
}

function ledgerIn(tx: Tx): IncidentLedger {
  return {
    // A rule may be longer than what an index takes.
    keyOf: (cause) => createHash('sha256').update(cause).digest('hex'),
    isOutdatedForFile: (record) => isLate(tx, record, { sourceKey: record.source?.key ?? null }),
    isOutdatedForTable(record) {
      const { database, table } = record;
      return isLate(tx, record, { database, table, verdict: { in: OF_TABLE } });
    },
    async findLast(cause) {
      const last = await tx.incident.findFirst({ where: { cause }, orderBy: { openedAt: 'desc' } });
      return last ? { ...last, isOpen: last.openCause !== null } : undefined;
    },
    async seeAgain(id, sighting) {
      await tx.incident.update({ where: { id }, data: { ...whatIsSeen(sighting), occurrences: { increment: 1 } } });
    },
    open: (sighting) => open(tx, sighting),
    closeReplaced: (record, cause) => close(tx, record, { openCause: cause }, 'replaced'),
    closeGone(record, standing) {
      const { database, table } = record;
      const kind = { in: ['rule', 'anomaly'] };
      const cause = { notIn: [...standing] };
      return close(tx, record, { database, table, kind, openCause: { not: null }, cause }, 'gone');
    },
  };
}

async function isLate(
  tx: Tx,
  { evaluatedAt }: QualityEvaluation,
  where: Prisma.QualityEvaluationWhereInput,
): Promise<boolean> {
  const later = { ...where, at: { gt: new Date(evaluatedAt) } };
  return (await tx.qualityEvaluation.findFirst({ where: later, select: { id: true } })) !== null;
}

function whatIsSeen({ found, record }: Sighting) {
  const at = new Date(record.evaluatedAt);
  return { seenAt: at, evaluationId: record.id, facts: found.facts as Prisma.InputJsonObject };
}

async function open(tx: Tx, sighting: Sighting): Promise<void> {
  const { cause, found, record } = sighting;
  const { database, table, dataset } = record;
  const { kind, subject } = found;
  const id = randomUUID();
  const place = { kind, subject, database, table, dataset };
  const openedAt = new Date(record.evaluatedAt);
  // Somebody else may open it in this moment: then theirs stands.
  const { count } = await tx.incident.createMany({
    data: [{ ...whatIsSeen(sighting), ...place, id, cause, openCause: cause, openedAt }],
    skipDuplicates: true,
  });
  if (count > 0) await tell(tx, id, record, 'opened');
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
