import 'server-only';
import {
  CreateDataQualityRulesetCommand,
  DeleteDataQualityRulesetCommand,
  UpdateDataQualityRulesetCommand,
} from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { GATE_TAG } from '@/lib/languages/quality/evaluation.ts';
import { checkText, placeOf } from './check-text';
import { columnsOf } from './columns-of';
import { findRuleset, setGate } from './ruleset-store';
import { CreateRuleset, DeleteRuleset, type Ruleset, UpdateRuleset } from './schemas';

/** Keeps a new ruleset for a table. Throws INVALID with the place of what is wrong in it, CONFLICT for a name that is taken. */
export async function createRuleset(ctx: Context, raw: CreateRuleset): Promise<Ruleset> {
  requirePermission(ctx, 'quality:edit');
  const { table, name, text, gate } = CreateRuleset.parse(raw);
  const place = { database: (await getLake()).database, table };
  await requireSound(ctx, place, text);
  await ctx.aws.glue
    .send(
      new CreateDataQualityRulesetCommand({
        Name: name,
        Ruleset: text,
        TargetTable: { DatabaseName: place.database, TableName: table },
        Tags: { [GATE_TAG]: gate },
      }),
    )
    .catch((error: unknown) => {
      throw toAppError(error).code === 'CONFLICT' ? nameTaken(name, error) : error;
    });
  await recordAudit(ctx, { action: 'quality.createRuleset', subject: name, details: { table, gate } });
  return mustFind(ctx, place, name);
}

/** Changes the text or the gate of a ruleset that nobody has changed since it was looked at; else CONFLICT. */
export async function updateRuleset(ctx: Context, raw: UpdateRuleset): Promise<Ruleset> {
  requirePermission(ctx, 'quality:edit');
  const { table, name, text, gate, basedOn } = UpdateRuleset.parse(raw);
  const place = { database: (await getLake()).database, table };
  await requireSound(ctx, place, text);
  const before = await requireSame(ctx, place, { name, basedOn });
  // The gate first: should the text then fail to be kept, what is there holds back no less than was asked for.
  if (gate !== before.gate) await setGate(ctx, name, gate);
  if (text !== before.text) await ctx.aws.glue.send(new UpdateDataQualityRulesetCommand({ Name: name, Ruleset: text }));
  await recordAudit(ctx, {
    action: 'quality.updateRuleset',
    subject: name,
    details: { table, gate, gateBefore: before.gate, isTextChanged: text !== before.text },
  });
  return mustFind(ctx, place, name);
}

export async function deleteRuleset(ctx: Context, raw: DeleteRuleset): Promise<void> {
  requirePermission(ctx, 'quality:edit');
  const { table, name, basedOn } = DeleteRuleset.parse(raw);
  const place = { database: (await getLake()).database, table };
  const { gate } = await requireSame(ctx, place, { name, basedOn });
  await ctx.aws.glue.send(new DeleteDataQualityRulesetCommand({ Name: name }));
  await recordAudit(ctx, { action: 'quality.deleteRuleset', subject: name, details: { table, gate } });
}

type Place = Parameters<typeof findRuleset>[1];

async function requireSound(ctx: Context, place: Place, text: string): Promise<void> {
  const columns = await columnsOf(ctx, place);
  const first = checkText(text, columns).find(({ severity }) => severity === 'error');
  if (!first) return;
  const { line, column } = placeOf(text, first.from);
  throw new AppError('INVALID', `Line ${line}, column ${column}: ${first.message}`, {
    reason: 'rulesetRefused',
    details: { line, column, from: first.from, to: first.to, said: first.message },
  });
}

/** Glue has no condition on a change: two saves within the same second or so are told apart by nobody. */
async function requireSame(ctx: Context, place: Place, { name, basedOn }: { name: string; basedOn: number }) {
  const found = await findRuleset(ctx, place, name);
  if (!found) {
    throw new AppError('NOT_FOUND', `There is no ruleset ${name} of ${place.table} any more.`, {
      reason: 'noRuleset',
      details: { name, table: place.table },
    });
  }
  if (found.changedAt === basedOn) return found;
  throw new AppError('CONFLICT', `Somebody has changed ${name} since you opened it. Nothing was saved.`, {
    reason: 'rulesetChanged',
    details: { name },
  });
}

async function mustFind(ctx: Context, place: Place, name: string): Promise<Ruleset> {
  const found = await findRuleset(ctx, place, name);
  if (found) return found;
  throw new AppError('CONFLICT', `${name} was deleted as soon as it was saved.`, {
    reason: 'noRuleset',
    details: { name, table: place.table },
  });
}

function nameTaken(name: string, cause: unknown): AppError {
  return new AppError('CONFLICT', `There is a ruleset ${name} already. Choose another name.`, {
    cause,
    reason: 'rulesetNameTaken',
    details: { name },
  });
}
