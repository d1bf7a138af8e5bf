import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { TestLake } from '../../testing/test-lake.ts';

/** A user with a key and one inline policy; resolves to the configuration of clients that act as them. */
export async function makeUser(
  lake: Pick<TestLake, 'clientConfig'>,
  UserName: string,
  Statement: object[],
): Promise<TestLake['clientConfig']> {
  const iam = new IAMClient(lake.clientConfig);
  try {
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    return { ...lake.clientConfig, credentials };
  } finally {
    iam.destroy();
  }
}
