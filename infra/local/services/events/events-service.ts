import type { ServiceContext } from '../../service-context.ts';
import type { Outbox } from '../../state/outbox.ts';
import { busNotFound } from './errors.ts';
import type { BusEvent } from './event.ts';
import type { Rules } from './rules.ts';

/** What the operations work on. */
export interface Events {
  ctx: ServiceContext;
  rules: Rules;
  outbox: Outbox<BusEvent>;
}

export function ruleArn({ region, account }: ServiceContext, name: string): string {
  return `arn:aws:events:${region}:${account}:rule/${name}`;
}

export function busArn({ region, account }: ServiceContext): string {
  return `arn:aws:events:${region}:${account}:event-bus/default`;
}

/** There is the default bus only; it may be named, or given by its ARN. */
export function requireDefaultBus(ctx: ServiceContext, name: string | undefined): void {
  if (name !== undefined && name !== 'default' && name !== busArn(ctx)) throw busNotFound(name);
}
