/** Where the events of a rule go. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
import { z } from 'zod';
import { parseJsonPath } from '../../../../../lib/languages/asl/json-path.ts';
import { operation } from '../../../service.ts';
import { limitExceeded, validationException } from '../errors.ts';
import { type Events, requireDefaultBus } from '../events-service.ts';
import { pageOf } from '../page.ts';
import type { Target } from '../rules.ts';
import { targetKind } from '../target-delivery.ts';
import { passRole } from './pass-role.ts';
import { onRule } from './rule-operations.ts';
import { EventBusName, Paging, RuleName, TargetInput } from './schemas.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TARGETS_MAX = 5;

export function putTargets(events: Events) {
  return operation({
    input: z.object({ Rule: RuleName, EventBusName, Targets: z.array(TargetInput).min(1).max(100) }),
    access: ({ Rule, Targets }) => [...onRule(events, 'PutTargets', Rule), ...Targets.flatMap(passRole)],
    async run({ Rule, EventBusName, Targets }) {
      requireDefaultBus(events.ctx, EventBusName);
      for (const target of Targets) checkTarget(target);
      await events.rules.change(Rule, (rule) => {
        const ids = new Set(Targets.map(({ Id }) => Id));
        const targets = [...rule.targets.filter(({ Id }) => !ids.has(Id)), ...Targets];
        if (targets.length > TARGETS_MAX)
          throw limitExceeded('The requested resource exceeds the maximum number allowed.');
        return { ...rule, targets };
      });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  });
}

export function removeTargets(events: Events) {
  return operation({
    input: z.object({
      Rule: RuleName,
      EventBusName,
      Ids: z.array(z.string()).min(1).max(100),
      Force: z.boolean().optional(),
    }),
    access: ({ Rule }) => onRule(events, 'RemoveTargets', Rule),
    async run({ Rule, EventBusName, Ids }) {
      requireDefaultBus(events.ctx, EventBusName);
      await events.rules.change(Rule, (rule) => ({
        ...rule,
        targets: rule.targets.filter(({ Id }) => !Ids.includes(Id)),
      }));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  });
}

export function listTargetsByRule(events: Events) {
  return operation({
    input: z.object({ Rule: RuleName, EventBusName, ...Paging }),
    access: ({ Rule }) => onRule(events, 'ListTargetsByRule', Rule),
    run({ Rule, EventBusName, ...paging }) {
      requireDefaultBus(events.ctx, EventBusName);
      const targets = events.rules.get(Rule).targets.toSorted((a, b) => (a.Id < b.Id ? -1 : 1));
      const { page, ...token } = pageOf(targets, ({ Id }) => Id, paging);
      return { Targets: page, ...token };
    },
  });
}

export function listRuleNamesByTarget(events: Events) {
  return operation({
    input: z.object({ TargetArn: z.string(), EventBusName, ...Paging }),
    access: () => [{ action: 'events:ListRuleNamesByTarget', resource: '*' }],
    run({ TargetArn, EventBusName, ...paging }) {
      requireDefaultBus(events.ctx, EventBusName);
      const found = events.rules.list().filter(({ targets }) => targets.some(({ Arn }) => Arn === TargetArn));
      const { page, ...token } = pageOf(found, ({ name }) => name, paging);
      return { RuleNames: page.map(({ name }) => name), ...token };
    },
  });
}

function checkTarget(target: Target): void {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer } = target;
  const kind = targetKind(Arn);
  if (!kind)
    throw validationException(
      `The local lake delivers to state machines and Lambda functions, not to ${Arn} (target ${Id}).`,
    );
  if (kind === 'stateMachine' && RoleArn === undefined)
    throw validationException(`RoleArn is required for target ${Arn}.`);
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    throw validationException(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined) checkJson(Id, Input);
  for (const path of [InputPath, ...Object.values(InputTransformer?.InputPathsMap ?? {})])
    if (path !== undefined) checkPath(Id, path);
}

function checkJson(id: string, text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw validationException(`JSON syntax error in input for target ${id}`);
  }
}

function checkPath(id: string, path: string): void {
  try {
    parseJsonPath(path);
  } catch (error) {
    throw validationException(`Invalid JSON path for target ${id}: ${(error as Error).message}`);
  }
}
