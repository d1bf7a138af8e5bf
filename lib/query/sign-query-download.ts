import 'server-only';
import { GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Context, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { requireRunner } from './history/require-runner';
import { GetQuery } from './schemas';

const VALID_SECONDS = 300;

/** Returns an address at which the browser saves a query's whole result, as the CSV file that Athena wrote. */
export async function signQueryDownload(ctx: Context, raw: GetQuery): Promise<string> {
  requirePermission(ctx, 'queries:read');
  const { id } = GetQuery.parse(raw);
  await requireRunner(ctx, id);
  const { QueryExecution: execution } = await ctx.aws.athena.send(
    new GetQueryExecutionCommand({ QueryExecutionId: id }),
  );
  const location = execution?.ResultConfiguration?.OutputLocation;
  const { bucket, key } = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/.exec(location ?? '')?.groups ?? {};
  if (!bucket || !key) throw new AppError('NOT_FOUND', `The query ${id} has left no result to download.`);
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentDisposition: `attachment; filename="${id}.csv"`,
    ResponseContentType: 'text/csv',
  });
  return getSignedUrl(ctx.aws.s3, command, { expiresIn: VALID_SECONDS });
}
