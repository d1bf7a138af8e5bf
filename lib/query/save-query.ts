import 'server-only';
import { CreateNamedQueryCommand, UpdateNamedQueryCommand } from '@aws-sdk/client-athena';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { SaveQuery } from './schemas';

/** Keeps a statement under a name in the lake's workgroup, for everybody who may read queries; or changes a kept one. */
export async function saveQuery(ctx: Context, raw: SaveQuery): Promise<{ id: string }> {
  requirePermission(ctx, 'queries:save');
  const input = SaveQuery.parse(raw);
  const id = input.id ? await update(ctx, { ...input, id: input.id }) : await create(ctx, input);
  await recordAudit(ctx, { action: 'queries.save', subject: id, details: { name: input.name } });
  return { id };
}

type Input = ReturnType<(typeof SaveQuery)['parse']>;

async function create(ctx: Context, { name, description, sql }: Input): Promise<string> {
  const { database, workGroup } = await getLake();
  const { NamedQueryId } = await ctx.aws.athena.send(
    new CreateNamedQueryCommand({
      Name: name,
      Description: description,
      Database: database,
      QueryString: sql,
      WorkGroup: workGroup,
    }),
  );
  if (!NamedQueryId) throw new AppError('UNAVAILABLE', 'Athena kept the query but named it nothing. Look at the list.');
  return NamedQueryId;
}

async function update(ctx: Context, { id, name, description, sql }: Input & { id: string }): Promise<string> {
  await ctx.aws.athena.send(
    new UpdateNamedQueryCommand({ NamedQueryId: id, Name: name, Description: description, QueryString: sql }),
  );
  return id;
}
