import 'server-only';
import { Prisma, type PrismaClient } from '@/lib/db/generated/client';
import type { AuditRow, ParsedFilter } from './schemas';

/** So many places of the chain are looked through at once, where no index finds what is looked for. */
const WINDOW = 25_000;

/** The order is the same; the index that the database reads is not. */
const BY_TIME = Prisma.sql`at DESC, sequence DESC`;
const BY_PLACE = Prisma.sql`sequence DESC`;

interface Page {
  events: AuditRow[];
  /** The place to go on behind; undefined at the beginning of the chain. */
  next: number | undefined;
}

/**
 * Returns the newest events that fit, at most `take`, behind a place of the chain. What an index finds is found at once; for
 * a part of a text or a whole area, a window of places is looked through, so that the answer takes as long with a million
 * events as with a thousand, and may be short or empty with more behind it.
 */
export async function selectEvents(
  prisma: PrismaClient,
  filter: ParsedFilter,
  { after, take }: { after: number | undefined; take: number },
): Promise<Page> {
  if (!isSieved(filter)) {
    const behind = after === undefined ? [] : [placedBefore(after)];
    const events = await select(prisma, [...conditions(filter), ...behind], { take, order: BY_TIME });
    return { events, next: events.length < take ? undefined : placeOf(events) };
  }
  const { from, to } = await bounds(prisma, filter, after);
  const low = Math.max(from, to - WINDOW);
  const window = Prisma.sql`sequence > ${low} AND sequence <= ${to}`;
  const events = await select(prisma, [...conditions(filter), window], { take, order: BY_PLACE });
  if (events.length === take) return { events, next: placeOf(events) };
  return { events, next: low > from ? low + 1 : undefined };
}

/** Said of the time as well: the indexes are by time, and would else be read from their newest end. */
function placedBefore(after: number): Prisma.Sql {
  const at = Prisma.sql`SELECT at FROM "AuditEvent" WHERE sequence >= ${after} ORDER BY sequence LIMIT 1`;
  return Prisma.sql`sequence < ${after} AND at <= COALESCE((${at}), 'infinity')`;
}

const placeOf = (events: readonly AuditRow[]) => events.at(-1)?.sequence ?? undefined;

/** Whether there is something among the filters that no index finds. */
function isSieved({ text, action }: ParsedFilter): boolean {
  return text !== undefined || (action !== undefined && !action.includes('.'));
}

/** The places that a period has: events come in the order of time. `from` is the one before the first. */
async function bounds(prisma: PrismaClient, { since, until }: ParsedFilter, after: number | undefined) {
  const [found] = await prisma.$queryRaw<{ first: number | null; last: number | null }[]>`
    SELECT
      (SELECT sequence FROM "AuditEvent" WHERE at >= ${new Date(since ?? 0)} ORDER BY at, sequence LIMIT 1) AS first,
      (SELECT max(sequence) FROM "AuditHead") AS last`;
  const [end] =
    until === undefined
      ? []
      : await prisma.$queryRaw<{ last: number }[]>`
          SELECT sequence AS last FROM "AuditEvent" WHERE at < ${new Date(until)} AND sequence IS NOT NULL
          ORDER BY at DESC, sequence DESC LIMIT 1`;
  const last = (until === undefined ? found?.last : end?.last) ?? 0;
  const from = found?.first == null ? last : found.first - 1;
  return { from, to: after === undefined ? last : Math.min(last, after - 1) };
}

function conditions({ person, action, outcome, since, until, text, request }: ParsedFilter): Prisma.Sql[] {
  const area = action && `${action}.`;
  return [
    person && Prisma.sql`"actorEmail" = ${person.toLowerCase()}`,
    action?.includes('.') && Prisma.sql`action = ${action}`,
    area && !action?.includes('.') && Prisma.sql`starts_with(action, ${area})`,
    outcome && Prisma.sql`outcome = ${outcome}::"AuditOutcome"`,
    since !== undefined && Prisma.sql`at >= ${new Date(since)}`,
    until !== undefined && Prisma.sql`at < ${new Date(until)}`,
    request && Prisma.sql`"requestId" = ${request}`,
    text &&
      Prisma.sql`position(lower(${text}) IN lower(concat_ws(' ', action, "actorEmail", subject, details::text, "sourceIp", "userAgent"))) > 0`,
  ].filter((condition): condition is Prisma.Sql => typeof condition === 'object');
}

type SelectedRow = Omit<AuditRow, 'at'> & { at: Date };

async function select(
  prisma: PrismaClient,
  all: Prisma.Sql[],
  { take, order }: { take: number; order: Prisma.Sql },
): Promise<AuditRow[]> {
  const where = all.length > 0 ? Prisma.sql`WHERE ${Prisma.join(all, ' AND ')}` : Prisma.empty;
  const rows = await prisma.$queryRaw<SelectedRow[]>`
    SELECT id, sequence, at, "actorEmail", "actorRole", action, subject, outcome::text AS outcome, details, "requestId",
      "sourceIp", "userAgent", "previousHash", hash
    FROM "AuditEvent" ${where} ORDER BY ${order} LIMIT ${take}`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
