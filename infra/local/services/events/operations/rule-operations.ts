/** Rules themselves. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
import { z } from 'zod';
import { parseEventPattern } from '../../../../../lib/languages/event-pattern/event-pattern.ts';
import { withTags } from '../../../request-tags.ts';
import { parseSchedule } from '../../../schedule/schedule-expression.ts';
import { operation } from '../../../service.ts';
import { invalidPattern, limitExceeded, validationException } from '../errors.ts';
import { type Events, requireDefaultBus, ruleArn } from '../events-service.ts';
import { pageOf } from '../page.ts';
import type { Rule } from '../rules.ts';
import { passRole } from './pass-role.ts';
import { EventBusName, Paging, RuleName, Tags } from './schemas.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const RULES_MAX = 300;

export function onRule({ ctx }: Events, action: string, name: string) {
  return [{ action: `events:${action}`, resource: ruleArn(ctx, name) }];
}

export function putRule(events: Events) {
  const { ctx, rules } = events;
  return operation({
    input: z.object({
      Name: RuleName,
      EventPattern: z.string().max(4096).optional(),
      ScheduleExpression: z.string().max(256).optional(),
      State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
      Description: z.string().max(512).optional(),
      RoleArn: z.string().optional(),
      Tags: Tags.optional(),
      EventBusName,
    }),
    access: ({ Name, RoleArn, Tags }) => [...withTags(onRule(events, 'PutRule', Name), Tags), ...passRole({ RoleArn })],
    async run(input) {
      requireDefaultBus(ctx, input.EventBusName);
      if (!input.EventPattern && !input.ScheduleExpression)
        throw validationException('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      if (input.EventPattern) checkPattern(input.EventPattern);
      if (input.ScheduleExpression) checkSchedule(input.ScheduleExpression);
      const known = rules.find(input.Name);
      if (!known && rules.list().length >= RULES_MAX)
        throw limitExceeded('The requested resource exceeds the maximum number allowed.');
      const rule: Rule = {
        name: input.Name,
        arn: ruleArn(ctx, input.Name),
        description: input.Description,
        eventPattern: input.EventPattern || undefined,
        scheduleExpression: input.ScheduleExpression || undefined,
        state: input.State,
        roleArn: input.RoleArn,
        tags: known?.tags ?? Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        targets: known?.targets ?? [],
      };
      await rules.put(rule);
      return { RuleArn: rule.arn };
    },
  });
}

export function describeRule(events: Events) {
  return operation({
    input: z.object({ Name: RuleName, EventBusName }),
    access: ({ Name }) => onRule(events, 'DescribeRule', Name),
    run({ Name, EventBusName }) {
      requireDefaultBus(events.ctx, EventBusName);
      return { ...shownRule(events.rules.get(Name)), CreatedBy: events.ctx.account };
    },
  });
}

export function listRules(events: Events) {
  return operation({
    input: z.object({ NamePrefix: z.string().optional(), EventBusName, ...Paging }),
    access: () => [{ action: 'events:ListRules', resource: '*' }],
    run({ NamePrefix = '', EventBusName, ...paging }) {
      requireDefaultBus(events.ctx, EventBusName);
      const found = events.rules.list().filter(({ name }) => name.startsWith(NamePrefix));
      const { page, ...token } = pageOf(found, ({ name }) => name, paging);
      return { Rules: page.map(shownRule), ...token };
    },
  });
}

/** One that is not there is no error; one with targets stays. */
export function deleteRule(events: Events) {
  return operation({
    input: z.object({ Name: RuleName, EventBusName, Force: z.boolean().optional() }),
    access: ({ Name }) => onRule(events, 'DeleteRule', Name),
    async run({ Name, EventBusName }) {
      requireDefaultBus(events.ctx, EventBusName);
      if (events.rules.find(Name)?.targets.length)
        throw validationException("Rule can't be deleted since it has targets.");
      await events.rules.remove(Name);
      return {};
    },
  });
}

export function switchRule(events: Events, action: 'EnableRule' | 'DisableRule') {
  const state = action === 'EnableRule' ? 'ENABLED' : 'DISABLED';
  return operation({
    input: z.object({ Name: RuleName, EventBusName }),
    access: ({ Name }) => onRule(events, action, Name),
    async run({ Name, EventBusName }) {
      requireDefaultBus(events.ctx, EventBusName);
      await events.rules.change(Name, (rule) => ({ ...rule, state }));
      return {};
    },
  });
}

export function checkPattern(text: string): void {
  try {
    parseEventPattern(text);
  } catch (error) {
    throw invalidPattern((error as Error).message);
  }
}

function checkSchedule(expression: string): void {
  try {
    parseSchedule(expression);
  } catch (error) {
    throw validationException(`Parameter ScheduleExpression is not valid. Reason: ${(error as Error).message}`);
  }
}

function shownRule({ name, arn, eventPattern, scheduleExpression, state, description, roleArn }: Rule) {
  return {
    Name: name,
    Arn: arn,
    EventPattern: eventPattern,
    ScheduleExpression: scheduleExpression,
    State: state,
    Description: description,
    RoleArn: roleArn,
    EventBusName: 'default',
  };
}
