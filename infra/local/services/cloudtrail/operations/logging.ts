import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { CloudTrail } from '../cloudtrail.ts';
import type { Trail } from '../trails.ts';

const Named = z.object({ Name: z.string().min(1) });

export function loggingOperations({ ctx, trails, clockwork }: CloudTrail): Record<string, Operation> {
  const access = (action: string) => (input: { Name: string }) => [
    { action: `cloudtrail:${action}`, resource: trails.arnOf(input.Name) },
  ];
  return {
    StartLogging: operation({
      input: Named,
      access: access('StartLogging'),
      async run({ Name }) {
        await trails.change(Name, (trail) =>
          trail.isLogging ? trail : { ...trail, isLogging: true, startedAt: ctx.clock() },
        );
        return {};
      },
    }),
    StopLogging: operation({
      input: Named,
      access: access('StopLogging'),
      async run({ Name }) {
        trails.get(Name);
        // What came before belongs to the trail.
        await clockwork.flush();
        await trails.change(Name, (trail) => ({ ...trail, isLogging: false, stoppedAt: ctx.clock() }));
        return {};
      },
    }),
    GetTrailStatus: operation({
      input: Named,
      access: access('GetTrailStatus'),
      run: ({ Name }) => statusOut(trails.get(Name)),
    }),
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html */
function statusOut({ isLogging, startedAt, stoppedAt, delivery }: Trail) {
  const { logsAt, logsTriedAt, logsError, digestAt, digestError } = delivery;
  return {
    IsLogging: isLogging,
    LatestDeliveryError: logsError,
    LatestDeliveryTime: dateOf(logsAt),
    StartLoggingTime: dateOf(startedAt),
    StopLoggingTime: dateOf(stoppedAt),
    LatestDigestDeliveryTime: dateOf(digestAt),
    LatestDigestDeliveryError: digestError,
    LatestDeliveryAttemptTime: textOf(logsTriedAt),
    LatestDeliveryAttemptSucceeded: textOf(logsAt),
    TimeLoggingStarted: textOf(startedAt),
    TimeLoggingStopped: textOf(stoppedAt),
  };
}

function dateOf(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}

function textOf(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
