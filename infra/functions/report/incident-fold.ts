import { createHash, randomUUID } from 'node:crypto';
import type { QualityEvaluation } from '../../../lib/languages/quality/evaluation.ts';
import type { OpenIncident } from '../../../lib/languages/quality/fold-figures.ts';
import type { IncidentLedger, Sighting } from '../../../lib/languages/quality/incidents/apply-evaluation.ts';
import type { IncidentDeed } from '../../../lib/languages/quality/incidents/deed.ts';
import type { IncidentCounts } from '../../../lib/languages/quality/report/report.ts';

interface Entry extends OpenIncident {
  cause: string;
  database: string;
  isOpen: boolean;
  seenAt: Date;
  resolvedAt?: Date | undefined;
  mutedUntil?: Date | undefined;
  /** Where a held file is. */
  bucket?: string | undefined;
}

/** The incidents as the records and what people decided tell them; both must come in the order of their time. */
export class IncidentFold implements IncidentLedger {
  readonly #entries: Entry[] = [];
  readonly #last = new Map<string, Entry>();

  keyOf(cause: string): string {
    return createHash('sha256').update(cause).digest('hex');
  }

  async isOutdatedForFile(): Promise<boolean> {
    return false;
  }

  async isOutdatedForTable(): Promise<boolean> {
    return false;
  }

  async findLast(cause: string): Promise<Entry | undefined> {
    return this.#last.get(cause);
  }

  async seeAgain(_id: string, { cause, record }: Sighting): Promise<void> {
    const entry = this.#last.get(cause);
    if (entry) entry.seenAt = new Date(record.evaluatedAt);
  }

  async open({ cause, found, record }: Sighting): Promise<void> {
    const { kind, subject, facts } = found;
    const { database, table } = record;
    const at = new Date(record.evaluatedAt);
    const id = randomUUID();
    const entry = { id, cause, kind, subject, database, table, bucket: facts.bucket };
    this.#keep({ ...entry, openedAt: at, seenAt: at, isOpen: true, assignee: null });
  }

  async closeReplaced(record: QualityEvaluation, cause: string): Promise<void> {
    const entry = this.#last.get(cause);
    if (entry) close(entry, record);
  }

  async closeGone(record: QualityEvaluation, standing: readonly string[]): Promise<void> {
    for (const entry of this.openOnes) {
      const isMeant = entry.database === record.database && entry.table === record.table && entry.kind !== 'held';
      if (isMeant && !standing.includes(entry.cause)) close(entry, record);
    }
  }

  /** As the console does it to its own. */
  decide({ cause, kind, at, until }: IncidentDeed): void {
    const entry = this.#last.get(cause);
    if (!entry) return;
    if (kind === 'muted') entry.mutedUntil = until ? new Date(until) : undefined;
    else if (kind === 'unmuted') entry.mutedUntil = undefined;
    else if (kind === 'resolved') resolve(entry, new Date(at));
    else Object.assign(entry, { isOpen: true, resolvedAt: undefined, seenAt: new Date(at) });
  }

  /** Of a held file that is there no more. */
  resolveDeleted(id: string, at: Date): void {
    const entry = this.#entries.find((each) => each.id === id);
    if (entry) resolve(entry, at);
  }

  get openOnes(): Entry[] {
    return this.#entries.filter(({ isOpen }) => isOpen);
  }

  count(from: Date, now: Date): IncidentCounts {
    const isQuiet = ({ mutedUntil }: Entry) => mutedUntil !== undefined && mutedUntil > now;
    return {
      opened: this.#entries.filter(({ openedAt }) => openedAt >= from).length,
      resolved: this.#entries.filter(({ resolvedAt }) => resolvedAt && resolvedAt >= from).length,
      open: this.openOnes.filter((entry) => !isQuiet(entry)).length,
    };
  }

  #keep(entry: Entry): void {
    this.#entries.push(entry);
    this.#last.set(entry.cause, entry);
  }
}

function close(entry: Entry, { evaluatedAt }: QualityEvaluation): void {
  const at = new Date(evaluatedAt);
  if (entry.seenAt < at) resolve(entry, at);
}

function resolve(entry: Entry, at: Date): void {
  if (entry.isOpen) Object.assign(entry, { isOpen: false, resolvedAt: at });
}
