/** Rulesets of data quality, in DQDL. https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDataQualityRuleset.html */
import { z } from 'zod';
import { DqdlError } from '../../../../../lib/languages/dqdl/dqdl-error.ts';
import { parseRuleset } from '../../../../../lib/languages/dqdl/parse.ts';
import { invalidInput } from '../errors.ts';

export const RulesetName = z.string().min(1).max(255);
const Description = z.string().max(2048);
/** DQDL; what cannot be read is refused with its place. */
const RulesetText = z.string().min(1).max(65_536);
export const TargetTable = z.object({
  TableName: z.string().min(1).max(255),
  DatabaseName: z.string().min(1).max(255),
  CatalogId: z.string().min(1).max(255).optional(),
});

export const RulesetInput = z.object({
  Name: RulesetName,
  Description: Description.optional(),
  Ruleset: RulesetText,
  Tags: z.record(z.string(), z.string()).optional(),
  TargetTable: TargetTable.optional(),
  DataQualitySecurityConfiguration: z.string().optional(),
  ClientToken: z.string().min(1).max(255).optional(),
});
export type RulesetInput = z.infer<typeof RulesetInput>;

export const RulesetUpdate = z.object({
  Name: RulesetName,
  Description: Description.optional(),
  Ruleset: RulesetText.optional(),
});
export type RulesetUpdate = z.infer<typeof RulesetUpdate>;

export interface Ruleset extends Omit<RulesetInput, 'Tags'> {
  createdAt: number;
  modifiedAt: number;
  /** The run that recommended it. */
  RecommendationRunId?: string;
}

/** Throws InvalidInputException with the line and the column. */
export function mustBeDqdl(text: string): void {
  try {
    parseRuleset(text);
  } catch (error) {
    if (error instanceof DqdlError) throw invalidInput(`The ruleset is not valid DQDL: ${error.message}`);
    throw error;
  }
}

export function ruleCountOf(text: string): number {
  try {
    return parseRuleset(text).rules.length;
  } catch {
    return 0;
  }
}
