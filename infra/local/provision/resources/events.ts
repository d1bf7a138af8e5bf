import {
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { resource } from '../resource.ts';

interface RuleProperties {
  Name: string;
  Description?: string;
  EventPattern?: unknown;
  ScheduleExpression?: string;
  State?: 'ENABLED' | 'DISABLED';
  Targets?: (Target & { Id: string })[];
}

/** `AWS::Events::Rule` of the default bus; targets that the template no longer has are removed. */
export const rule = resource<RuleProperties>(async (properties, _id, { clients: { events } }) => {
  const { Name, Description, EventPattern, ScheduleExpression, State, Targets = [] } = properties;
  const { RuleArn = '' } = await events.send(
    new PutRuleCommand({
      Name,
      Description,
      EventPattern: EventPattern === undefined ? undefined : JSON.stringify(EventPattern),
      ScheduleExpression,
      State: State ?? 'ENABLED',
    }),
  );
  const before = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
  const kept = new Set(Targets.map(({ Id }) => Id));
  const stale = (before.Targets ?? []).flatMap(({ Id }) => (Id && !kept.has(Id) ? [Id] : []));
  if (stale.length > 0) await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: stale }));
  if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule: Name, Targets }));
  return { ref: Name, attributes: { Arn: RuleArn } };
});
