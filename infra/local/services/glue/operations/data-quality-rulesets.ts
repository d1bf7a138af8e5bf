import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { Paging, pageOf } from '../paging.ts';
import { type Ruleset, RulesetInput, RulesetName, RulesetUpdate, ruleCountOf } from '../quality/ruleset.ts';
import { RulesetFilter, type Rulesets } from '../quality/rulesets.ts';
import type { Tags } from '../tags.ts';

const OneRuleset = z.object({ Name: RulesetName });

export function dataQualityRulesetOperations(
  rulesets: Rulesets,
  arns: GlueArns,
  tags: Tags,
): Record<string, Operation> {
  return {
    CreateDataQualityRuleset: operation({
      input: RulesetInput,
      access: ({ Name, Tags: added }) => withTags(arns.onRuleset('CreateDataQualityRuleset', Name), added),
      run: async (input) => {
        await rulesets.create(input);
        if (input.Tags) await tags.add(arns.dataQualityRuleset(input.Name), input.Tags);
        return { Name: input.Name };
      },
    }),
    UpdateDataQualityRuleset: operation({
      input: RulesetUpdate,
      access: ({ Name }) => arns.onRuleset('UpdateDataQualityRuleset', Name),
      run: async (input) => {
        const { Name, Description, Ruleset: text } = await rulesets.update(input);
        return { Name, Description, Ruleset: text };
      },
    }),
    GetDataQualityRuleset: operation({
      input: OneRuleset,
      access: ({ Name }) => arns.onRuleset('GetDataQualityRuleset', Name),
      run: ({ Name }) => rulesetOut(rulesets.get(Name)),
    }),
    DeleteDataQualityRuleset: operation({
      input: OneRuleset,
      access: ({ Name }) => arns.onRuleset('DeleteDataQualityRuleset', Name),
      run: async ({ Name }) => {
        await rulesets.delete(Name);
        await tags.forget(arns.dataQualityRuleset(Name));
        return {};
      },
    }),
    ListDataQualityRulesets: operation({
      input: z.object({
        Filter: RulesetFilter.optional(),
        Tags: z.record(z.string(), z.string()).default({}),
        ...Paging,
      }),
      access: () => arns.onRuleset('ListDataQualityRulesets', '*'),
      run: ({ Filter, Tags: wanted, ...paging }) => {
        const hasTags = ({ Name }: Ruleset) => {
          const own = tags.list(arns.dataQualityRuleset(Name));
          return Object.entries(wanted).every(([key, value]) => own[key] === value);
        };
        const { items, NextToken } = pageOf(rulesets.list(Filter).filter(hasTags), paging, ({ Name }) => Name);
        return { Rulesets: items.map(listed), NextToken };
      },
    }),
  };
}

function rulesetOut({ createdAt, modifiedAt, ClientToken: _token, ...ruleset }: Ruleset) {
  return { ...ruleset, CreatedOn: createdAt / 1000, LastModifiedOn: modifiedAt / 1000 };
}

function listed(ruleset: Ruleset) {
  const { Ruleset: text, DataQualitySecurityConfiguration: _security, ...shown } = rulesetOut(ruleset);
  return { ...shown, RuleCount: ruleCountOf(text) };
}
