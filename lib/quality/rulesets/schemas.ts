import { z } from 'zod';
import { Gate } from '@/lib/languages/quality/evaluation.ts';
import { TableName } from '../dashboard/schemas';

/** As Glue takes it: https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDataQualityRuleset.html */
const RulesetName = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,255}$/, 'A ruleset is named by letters, digits, “-”, “_” and “.”.');
const RulesetText = z.string().min(1).max(65_536);

export const ListRulesets = z.object({ table: TableName });
export type ListRulesets = z.input<typeof ListRulesets>;

export const CreateRuleset = z.object({
  table: TableName,
  name: RulesetName,
  text: RulesetText,
  gate: Gate,
});
export type CreateRuleset = z.input<typeof CreateRuleset>;

export const UpdateRuleset = CreateRuleset.extend({
  /** `changedAt` of the ruleset that was looked at: milliseconds since the epoch. */
  basedOn: z.number(),
});
export type UpdateRuleset = z.input<typeof UpdateRuleset>;

export const DeleteRuleset = z.object({ table: TableName, name: RulesetName, basedOn: z.number() });
export type DeleteRuleset = z.input<typeof DeleteRuleset>;

export interface Ruleset {
  name: string;
  /** In DQDL. */
  text: string;
  gate: Gate;
  /** Milliseconds since the epoch; names the state of it that was read. */
  changedAt: number;
}
