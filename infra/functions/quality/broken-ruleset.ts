import { DqdlError, parseRuleset } from '../../../lib/languages/dqdl/parse.ts';
import type { RulesetOutcome } from '../../../lib/languages/quality/evaluation.ts';
import type { GatedRuleset } from '../rulesets.ts';

export interface SortedRulesets {
  readable: GatedRuleset[];
  /** What an evaluation says of those that are not DQDL. */
  broken: RulesetOutcome[];
}

/** A ruleset that cannot be read is one rule that cannot be evaluated, and keeps no other from being evaluated. */
export function sortRulesets(rulesets: readonly GatedRuleset[]): SortedRulesets {
  const sorted: SortedRulesets = { readable: [], broken: [] };
  for (const ruleset of rulesets) {
    const reason = whyUnreadable(ruleset.text);
    if (reason === undefined) sorted.readable.push(ruleset);
    else sorted.broken.push(brokenOutcome(ruleset, reason));
  }
  return sorted;
}

function whyUnreadable(text: string): string | undefined {
  try {
    parseRuleset(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof DqdlError)) throw error;
    return `${error.message} (${error.line}:${error.column})`;
  }
}

function brokenOutcome({ name, gate, text }: GatedRuleset, reason: string): RulesetOutcome {
  const outcome = {
    rule: text.slice(0, 200),
    type: 'Ruleset',
    columns: [],
    result: 'ERROR' as const,
    message: `The ruleset cannot be read: ${reason}`,
    code: 'ruleset-unreadable',
    values: { reason },
    metrics: {},
  };
  return { name, gate, score: 0, outcomes: [outcome] };
}
