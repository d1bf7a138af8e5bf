import 'server-only';
import { env } from '@/lib/config/env';
import { getLake } from './lake';

/** What the top bar says about the lake; without an account number while the lake does not answer. */
export async function getEnvironment(): Promise<{ region: string; endpoint?: string; account?: string }> {
  const { AWS_REGION: region, AWS_ENDPOINT_URL: endpoint } = env();
  const account = await getLake().then(
    (lake) => lake.stateMachineArn.split(':')[4],
    () => undefined,
  );
  return { region, endpoint, account };
}
