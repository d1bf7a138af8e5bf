import 'server-only';
import { ListQueryExecutionsCommand } from '@aws-sdk/client-athena';
import { z } from 'zod';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { listRunBy } from './runners';
import type { HistoryFilter } from './schemas';

/** AWS reads no more executions in one BatchGetQueryExecution. */
const PAGE = 50;

/** Where a look through the history goes on; it travels to the browser and back, so that nothing in it is trusted. */
const Place = z.object({ athena: z.string().optional(), event: z.string().optional() });
export type Place = z.infer<typeof Place>;

export interface IdPage {
  ids: string[];
  /** Undefined at the end. */
  next: Place | undefined;
}

export function readPlace(text: string | undefined): Place {
  if (text === undefined) return {};
  try {
    return Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new AppError('INVALID', 'The history cannot be gone on with from there. Start again from its top.', {
      cause,
    });
  }
}

export function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** What a person ran is read from the audit trail; what everybody did from Athena, which knows of no person. */
export function nextIds(ctx: Context, filter: HistoryFilter, place: Place): Promise<IdPage> {
  const person = filter.whose === 'mine' ? ctx.user.email : filter.person?.toLowerCase();
  return person ? idsOfPerson(person, filter, place) : idsOfWorkGroup(ctx, place);
}

async function idsOfPerson(email: string, { since, until }: HistoryFilter, { event }: Place): Promise<IdPage> {
  const events = await listRunBy(email, { since, until, after: event, take: PAGE });
  const last = events.at(-1);
  // A click that was sent twice left two rows of one execution.
  const ids = [...new Set(events.map(({ id }) => id))];
  return { ids, next: last && events.length === PAGE ? { event: last.eventId } : undefined };
}

/** Athena lists the newest first: https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutions.html */
async function idsOfWorkGroup(ctx: Context, { athena }: Place): Promise<IdPage> {
  const { workGroup } = await getLake();
  const page = await ctx.aws.athena.send(
    new ListQueryExecutionsCommand({ WorkGroup: workGroup, NextToken: athena, MaxResults: PAGE }),
  );
  return { ids: page.QueryExecutionIds ?? [], next: page.NextToken ? { athena: page.NextToken } : undefined };
}
