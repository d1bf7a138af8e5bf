import { z } from 'zod';
import { AwsError, type Operation, operation } from '../../../service.ts';
import type { CloudTrail } from '../cloudtrail.ts';
import { AdvancedEventSelectors, EventSelectors, type Selection } from '../selectors.ts';
import type { Trail } from '../trails.ts';

const PutEventSelectors = z.object({
  TrailName: z.string().min(1),
  EventSelectors: EventSelectors.optional(),
  AdvancedEventSelectors: AdvancedEventSelectors.optional(),
});

export function selectorOperations({ trails, clockwork }: CloudTrail): Record<string, Operation> {
  const access = (action: string) => (input: { TrailName: string }) => [
    { action: `cloudtrail:${action}`, resource: trails.arnOf(input.TrailName) },
  ];
  return {
    PutEventSelectors: operation({
      input: PutEventSelectors,
      access: access('PutEventSelectors'),
      async run(input) {
        const selection = selectionOf(input);
        // What came before is chosen by what was chosen then.
        await clockwork.flush();
        return selectorsOut(await trails.change(input.TrailName, (trail) => ({ ...trail, selection })));
      },
    }),
    GetEventSelectors: operation({
      input: z.object({ TrailName: z.string().min(1) }),
      access: access('GetEventSelectors'),
      run: ({ TrailName }) => selectorsOut(trails.get(TrailName)),
    }),
  };
}

function selectionOf(input: z.infer<typeof PutEventSelectors>): Selection {
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = input;
  if (basic && !advanced) return { kind: 'basic', selectors: basic };
  if (advanced && !basic) return { kind: 'advanced', selectors: advanced };
  throw new AwsError(
    'InvalidEventSelectorsException',
    'Use either EventSelectors or AdvancedEventSelectors, and not both of them.',
  );
}

function selectorsOut({ arn, selection }: Trail) {
  return selection.kind === 'basic'
    ? { TrailARN: arn, EventSelectors: selection.selectors }
    : { TrailARN: arn, AdvancedEventSelectors: selection.selectors };
}
