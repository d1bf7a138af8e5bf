/**
 * CloudTrail: every call of the lake in CloudTrail's record format, delivered to a bucket as log files, with digests that
 * are signed and chained; the management events of the last 90 days to look up.
 *
 * Gaps: Lake queries, event data stores, channels, Insights, organisation trails, KMS keys, CloudWatch Logs and SNS: what
 * a trail asks of them is refused. A service that takes on a role in-process leaves no AssumeRole. A trail for all regions has what happens in the one that there is here.
 *
 * By design
 * - Files come sooner than on AWS: log files within some fifteen seconds (AWS: minutes), digests within a minute of them,
 *   a trail's first at once (AWS: each hour); while nothing happens, an empty digest each hour carries the chain on, as on AWS.
 * - The chain goes on where logging was stopped and started again, which AWS begins anew: a cut there would not be seen.
 * - A call is put aside when it is answered, described and kept within a second; a kill loses that second at most.
 * - Who proves nothing has no record: requests with a wrong signature are told to the log of the lake alone.
 * - What a service does for somebody is recorded as on AWS, by that service. Of the files that one scan reads in a second,
 *   the first eight in a bucket stand for themselves and one record for all others: `additionalEventData.furtherCalls`.
 * - Where a permission is asked for on a folder, so does the record: its key ends in a star.
 * - Inputs are shown with what is secret left out, and what was written, answered or asked in SQL hidden.
 */
import type { Recorder } from '../../recorder.ts';
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { ObjectStore } from '../s3/index.ts';
import { Clockwork } from './clockwork.ts';
import type { CloudTrail } from './cloudtrail.ts';
import { Delivery } from './delivery.ts';
import { History } from './history.ts';
import { eventOperations } from './operations/events.ts';
import { loggingOperations } from './operations/logging.ts';
import { selectorOperations } from './operations/selectors.ts';
import { tagOperations } from './operations/tags.ts';
import { trailOperations } from './operations/trails.ts';
import { Recording } from './recording.ts';
import { SigningKeys } from './signing-keys.ts';
import { Spool } from './spool.ts';
import { Trails } from './trails.ts';

export interface CloudTrailExtras {
  store: ObjectStore;
  recorder: Recorder;
  roleArnOf(name: string): string | undefined;
}

export interface CloudTrailService extends OperationService {
  /** Keeps and delivers all that there is, with a digest; for who cannot wait. */
  deliver(): Promise<void>;
}

export async function startCloudTrailService(
  ctx: ServiceContext,
  { store, recorder, roleArnOf }: CloudTrailExtras,
): Promise<CloudTrailService> {
  const trails = new Trails(ctx);
  const spool = new Spool(ctx.state);
  const history = new History(ctx.state);
  const keys = await SigningKeys.start(ctx);
  const delivery = new Delivery({ ctx, store, trails, spool, keys });
  const recording = new Recording({ ctx, trails, spool, history, roleArnOf });
  const clockwork = new Clockwork({ ctx, trails, spool, recording, delivery });
  const detach = recorder.attach((call) => recording.push(call));
  const cloudTrail: CloudTrail = { ctx, store, trails, spool, history, keys, delivery, clockwork };
  return {
    name: 'cloudtrail',
    protocol: 'json-1.1',
    targetPrefix: 'CloudTrail_20131101',
    validationError: 'InvalidParameterException',
    operations: {
      ...trailOperations(cloudTrail),
      ...loggingOperations(cloudTrail),
      ...selectorOperations(cloudTrail),
      ...eventOperations(cloudTrail),
      ...tagOperations(cloudTrail),
    },
    deliver: () => clockwork.deliver(),
    async close() {
      detach();
      await clockwork.close();
    },
  };
}
