import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createOrUpdate, resource } from '../resource.ts';

/** `AWS::Logs::LogGroup`. */
export const logGroup = resource<{ LogGroupName: string; RetentionInDays?: number }>(
  async ({ LogGroupName: logGroupName, RetentionInDays }, _id, { clients: { logs }, region, account }) => {
    await createOrUpdate(
      ['ResourceAlreadyExistsException'],
      () => logs.send(new CreateLogGroupCommand({ logGroupName })),
      async () => undefined,
    );
    if (RetentionInDays)
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: RetentionInDays }));
    return { ref: logGroupName, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*` } };
  },
);
