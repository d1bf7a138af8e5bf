/**
 * Which events a trail keeps.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
import { z } from 'zod';
import type { TrailEvent } from './records/event.ts';

const Texts = z.array(z.string().min(1).max(2048)).min(1).optional();

const FIELDS = [
  'eventCategory',
  'eventName',
  'eventSource',
  'readOnly',
  'resources.type',
  'resources.ARN',
  'userIdentity.arn',
];

const FieldSelector = z.object({
  Field: z.string().refine((name) => FIELDS.includes(name), `Field must be one of ${FIELDS.join(', ')}`),
  Equals: Texts,
  StartsWith: Texts,
  EndsWith: Texts,
  NotEquals: Texts,
  NotStartsWith: Texts,
  NotEndsWith: Texts,
});
type FieldSelector = z.infer<typeof FieldSelector>;

export const AdvancedEventSelectors = z
  .array(z.object({ Name: z.string().max(1000).optional(), FieldSelectors: z.array(FieldSelector).min(1) }))
  .min(1);
export type AdvancedEventSelectors = z.infer<typeof AdvancedEventSelectors>;

export const EventSelectors = z
  .array(
    z.object({
      ReadWriteType: z.enum(['ReadOnly', 'WriteOnly', 'All']).default('All'),
      IncludeManagementEvents: z.boolean().default(true),
      DataResources: z
        .array(z.object({ Type: z.string(), Values: z.array(z.string()).default([]) }))
        .max(250)
        .default([]),
      ExcludeManagementEventSources: z.array(z.string()).default([]),
    }),
  )
  .min(1)
  .max(5);
export type EventSelectors = z.infer<typeof EventSelectors>;

export type Selection =
  | { kind: 'basic'; selectors: EventSelectors }
  | { kind: 'advanced'; selectors: AdvancedEventSelectors };

/** What a trail keeps that nobody has chosen for: all management events. */
export const DEFAULT_SELECTION: Selection = { kind: 'basic', selectors: EventSelectors.parse([{}]) };

/** An event with who made it and to which service. */
export interface Selectable {
  event: TrailEvent;
  eventSource: string;
  principalArn: string;
}

export function selects(selection: Selection, selectable: Selectable): boolean {
  return selection.kind === 'basic'
    ? selection.selectors.some((selector) => basicSelects(selector, selectable))
    : selection.selectors.some(({ FieldSelectors }) => FieldSelectors.every((field) => holds(field, selectable)));
}

function basicSelects(selector: EventSelectors[number], { event, eventSource }: Selectable): boolean {
  if (selector.ReadWriteType !== 'All' && (selector.ReadWriteType === 'ReadOnly') !== event.readOnly) return false;
  if (!event.isData)
    return selector.IncludeManagementEvents && !selector.ExcludeManagementEventSources.includes(eventSource);
  const { type, arn } = onWhat(event);
  return selector.DataResources.some(
    ({ Type, Values }) => Type === type && Values.some((value) => arn === value || isPrefix(value, arn)),
  );
}

/** `arn:aws:s3` and `arn:aws:lambda` mean all; a bucket's ARN with its slash means its objects. */
function isPrefix(value: string, arn: string): boolean {
  return /^arn:aws:(s3|lambda)$/.test(value) || (value.includes(':::') && arn.startsWith(value));
}

function holds(field: FieldSelector, selectable: Selectable): boolean {
  const value = fieldOf(field.Field, selectable);
  const none = (texts: string[] | undefined, is: (text: string) => boolean) => !texts?.some(is);
  const any = (texts: string[] | undefined, is: (text: string) => boolean) => texts?.some(is) ?? false;
  const wants = field.Equals ?? field.StartsWith ?? field.EndsWith;
  return (
    (!wants ||
      any(field.Equals, (text) => value === text) ||
      any(field.StartsWith, (text) => value.startsWith(text)) ||
      any(field.EndsWith, (text) => value.endsWith(text))) &&
    none(field.NotEquals, (text) => value === text) &&
    none(field.NotStartsWith, (text) => value.startsWith(text)) &&
    none(field.NotEndsWith, (text) => value.endsWith(text))
  );
}

function fieldOf(field: string, { event, eventSource, principalArn }: Selectable): string {
  switch (field) {
    case 'eventCategory':
      return event.isData ? 'Data' : 'Management';
    case 'eventName':
      return event.eventName;
    case 'eventSource':
      return eventSource;
    case 'readOnly':
      return String(event.readOnly);
    case 'resources.type':
      return onWhat(event).type;
    case 'resources.ARN':
      return onWhat(event).arn;
    default:
      return principalArn;
  }
}

function onWhat({ resources: [first] }: TrailEvent): { type: string; arn: string } {
  return { type: first?.type ?? '', arn: first?.ARN ?? first?.ARNPrefix ?? '' };
}
