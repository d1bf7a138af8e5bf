import 'server-only';
import {
  CreateNamedQueryCommand,
  DeleteNamedQueryCommand,
  InvalidRequestException,
  UpdateNamedQueryCommand,
} from '@aws-sdk/client-athena';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import type { SavedQuery as Row } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

/**
 * Brings Athena's named query in step with a saved one: there is one for what the team shares, so that its text can be
 * used from the AWS console, and none for anything else, as everybody who may use the workgroup could read it.
 * Returns whether Athena went along: what is saved is saved, and the next change tries again.
 */
export async function keepNamedQuery(ctx: Context, row: Row): Promise<boolean> {
  try {
    await bringInStep(ctx, row);
    return true;
  } catch (error) {
    log.error(`Athena's named query of ${row.name} is not in step.`, { requestId: ctx.requestId, cause: error });
    return false;
  }
}

async function bringInStep(ctx: Context, row: Row): Promise<void> {
  const prisma = await db();
  const isShared = row.sharing === 'team' && row.deletedAt === null;
  if (!isShared && row.namedQueryId === null) return;
  const namedQueryId = isShared ? await write(ctx, row) : await remove(ctx, row);
  // Whoever saved a later version meanwhile brings Athena in step with that one.
  await prisma.savedQuery.updateMany({
    where: { id: row.id, version: row.version },
    data: { namedQueryId, mirrored: isShared ? row.version : null },
  });
}

async function write(ctx: Context, row: Row): Promise<string> {
  const { database, workGroup } = await getLake();
  const content = { Name: row.name, Description: row.description || undefined, QueryString: row.sql };
  if (row.namedQueryId !== null) {
    const NamedQueryId = row.namedQueryId;
    const isThere = await ctx.aws.athena
      .send(new UpdateNamedQueryCommand({ ...content, NamedQueryId }))
      .then(() => true, isMissing);
    if (isThere) return NamedQueryId;
  }
  const { NamedQueryId } = await ctx.aws.athena.send(
    new CreateNamedQueryCommand({
      ...content,
      Database: database,
      WorkGroup: workGroup,
      // The same save sent twice makes one: the SDK repeats requests whose answer was lost.
      ClientRequestToken: `${row.id}.${row.version}.${row.updatedAt.getTime()}`,
    }),
  );
  if (NamedQueryId) return NamedQueryId;
  throw new AppError('UNAVAILABLE', `Athena kept no named query for ${row.name}.`);
}

async function remove(ctx: Context, { namedQueryId }: Row): Promise<null> {
  await ctx.aws.athena
    .send(new DeleteNamedQueryCommand({ NamedQueryId: namedQueryId ?? '' }))
    .catch((error: unknown) => isMissing(error));
  return null;
}

/** False, where somebody has deleted it with Athena; any other failure is thrown on. Athena calls it an invalid request. */
function isMissing(error: unknown): false {
  if (error instanceof InvalidRequestException && /does not exist|not found/i.test(error.message)) return false;
  throw error;
}
