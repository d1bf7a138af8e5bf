/** What a rule with a schedule gives its targets. https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-events.html */
import type { ServiceContext } from '../../service-context.ts';
import type { BusEvent } from './event.ts';

const SOURCE = 'aws.events';
const DETAIL_TYPE = 'Scheduled Event';

/** `time` is when it was due, in milliseconds. */
export function scheduledEvent({ newId, account, region }: ServiceContext, ruleArn: string, time: number): BusEvent {
  return {
    version: '0',
    id: newId(),
    'detail-type': DETAIL_TYPE,
    source: SOURCE,
    account,
    time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [ruleArn],
    detail: {},
  };
}

export function isScheduledBy(event: BusEvent, ruleArn: string): boolean {
  return event.source === SOURCE && event['detail-type'] === DETAIL_TYPE && event.resources.includes(ruleArn);
}
