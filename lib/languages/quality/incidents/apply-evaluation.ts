/**
 * What an evaluation does to the incidents, wherever they are kept: the console keeps them in its database, the scheduled
 * report folds them from the records.
 *
 * An evaluation that comes late, behind one that is newer, tells of the past and changes no incident. For a held file newer
 * means a later evaluation of that file; for what is wrong in a table, a later one of the table.
 */
import type { QualityEvaluation } from '../evaluation.ts';
import { type Cause, causesOf, isOfFile } from './causes.ts';

type Place = Pick<QualityEvaluation, 'database' | 'table'>;

/** What is known of the last incident of a cause. */
export interface LastIncident {
  id: string;
  isOpen: boolean;
  mutedUntil?: Date | null;
  resolvedAt?: Date | null;
}

export interface Sighting {
  /** As `keyOf` names it. */
  cause: string;
  found: Cause;
  record: QualityEvaluation;
}

export interface IncidentLedger {
  /** A name of a cause, of one length. */
  keyOf(cause: string): string;
  isOutdatedForFile(record: QualityEvaluation): Promise<boolean>;
  isOutdatedForTable(record: QualityEvaluation): Promise<boolean>;
  findLast(cause: string): Promise<LastIncident | undefined>;
  seeAgain(id: string, sighting: Sighting): Promise<void>;
  open(sighting: Sighting): Promise<void>;
  /** Closes those that were seen before the record. `replaced`: that of a cause; `gone`: a table's own that are not `standing`. */
  closeReplaced(record: QualityEvaluation, cause: string): Promise<void>;
  closeGone(record: QualityEvaluation, standing: readonly string[]): Promise<void>;
}

export async function applyEvaluation(
  ledger: IncidentLedger,
  record: QualityEvaluation,
  quarantineBucket?: string,
): Promise<void> {
  const sightings = causesOf(record, quarantineBucket).map((found): Sighting => {
    return { cause: ledger.keyOf(causeText(record, found)), found, record };
  });
  if (isOfFile(record)) {
    if (!(await ledger.isOutdatedForFile(record))) await seeAll(ledger, sightings);
    return;
  }
  const { source } = record;
  if (source) await ledger.closeReplaced(record, ledger.keyOf(causeText(record, heldBy(source.key))));
  if (await ledger.isOutdatedForTable(record)) return;
  await seeAll(ledger, sightings);
  await ledger.closeGone(
    record,
    sightings.map(({ cause }) => cause),
  );
}

const heldBy = (key: string) => ({ kind: 'held', subject: key }) as const;

function causeText(place: Place, { kind, subject }: Pick<Cause, 'kind' | 'subject'>): string {
  return JSON.stringify(kind === 'held' ? [kind, subject] : [kind, place.database, place.table, subject]);
}

async function seeAll(ledger: IncidentLedger, sightings: readonly Sighting[]): Promise<void> {
  for (const sighting of sightings) {
    const at = new Date(sighting.record.evaluatedAt);
    const last = await ledger.findLast(sighting.cause);
    if (last?.isOpen) {
      await ledger.seeAgain(last.id, sighting);
      continue;
    }
    const isMuted = last?.mutedUntil && last.mutedUntil > at;
    const isSettled = last?.resolvedAt && last.resolvedAt >= at;
    if (!isMuted && !isSettled) await ledger.open(sighting);
  }
}
