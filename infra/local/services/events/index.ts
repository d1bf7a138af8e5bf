/**
 * EventBridge: rules on the default bus, and their delivery to state machines and Lambda functions.
 *
 * Gaps: other buses, archives, pipes, dead-letter queues (stored, and what would go there is logged), targets
 * of other services; PutTargets refuses those with their ARN.
 *
 * By design: an event of S3 is kept in the same commit as the object that caused it, so a kill loses none of them; each
 * is delivered at least once, and starts an execution exactly once. A rule with a schedule is looked at every second; the
 * times that it missed while the lake was not running are one event, of the last of them.
 */

import { Scheduler } from '../../schedule/scheduler.ts';
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Outbox } from '../../state/outbox.ts';
import { Delivery } from './delivery.ts';
import type { BusEvent } from './event.ts';
import { type Events, ruleArn } from './events-service.ts';
import { putEvents, testEventPattern } from './operations/event-operations.ts';
import { deleteRule, describeRule, listRules, putRule, switchRule } from './operations/rule-operations.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tag-operations.ts';
import { listRuleNamesByTarget, listTargetsByRule, putTargets, removeTargets } from './operations/target-operations.ts';
import { Rules } from './rules.ts';
import { scheduledEvent } from './scheduled-event.ts';

export interface EventsExtras {
  /** Where the lake's services put their events. */
  outbox: Outbox;
}

export async function startEventsService(ctx: ServiceContext, extras: EventsExtras): Promise<OperationService> {
  // Whatever service appends to it appends events of this shape.
  const outbox = extras.outbox as Outbox<BusEvent>;
  const scheduler = await Scheduler.start({
    ...ctx,
    owner: 'events',
    fire: (name, time) => outbox.append(scheduledEvent(ctx, ruleArn(ctx, name), time)),
  });
  const rules = new Rules(ctx.state, scheduler);
  // An event is for the rules that there are when it happens.
  outbox.keepOnly((event) => rules.matching(event).length > 0);
  const events: Events = { ctx, rules, outbox };
  const delivery = new Delivery({ ctx, rules, outbox });
  delivery.resume();
  return {
    name: 'events',
    protocol: 'json-1.1',
    targetPrefix: 'AWSEvents',
    operations: {
      DeleteRule: deleteRule(events),
      DescribeRule: describeRule(events),
      DisableRule: switchRule(events, 'DisableRule'),
      EnableRule: switchRule(events, 'EnableRule'),
      ListRuleNamesByTarget: listRuleNamesByTarget(events),
      ListRules: listRules(events),
      ListTagsForResource: listTagsForResource(events),
      ListTargetsByRule: listTargetsByRule(events),
      PutEvents: putEvents(events),
      PutRule: putRule(events),
      PutTargets: putTargets(events),
      RemoveTargets: removeTargets(events),
      TagResource: tagResource(events),
      TestEventPattern: testEventPattern(events),
      UntagResource: untagResource(events),
    },
    tagsOf: (arn) => rules.list().find((rule) => rule.arn === arn)?.tags,
    close: async () => {
      await scheduler.close();
      await delivery.close();
    },
  };
}
