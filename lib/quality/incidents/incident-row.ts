import 'server-only';
import type { Incident } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { CauseKind, Facts } from '@/lib/languages/quality/incidents/causes.ts';
import type { IncidentSummary } from './schemas';

export function toIncident(row: Incident, now: Date): IncidentSummary {
  const { id, database, table, dataset, subject, state, occurrences, evaluationId } = row;
  return {
    ...{ id, database, table, dataset, subject, state, occurrences, evaluationId },
    kind: row.kind as CauseKind,
    facts: row.facts as Facts,
    openedAt: row.openedAt.getTime(),
    seenAt: row.seenAt.getTime(),
    ...(row.assignee ? { assignee: row.assignee } : {}),
    ...(row.resolvedAt ? { resolvedAt: row.resolvedAt.getTime() } : {}),
    ...(row.mutedUntil && row.mutedUntil > now ? { mutedUntil: row.mutedUntil.getTime() } : {}),
  };
}

export function noIncident(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no incident ${id}.`, { reason: 'noIncident', details: { id } });
}
