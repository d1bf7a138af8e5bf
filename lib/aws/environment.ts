import 'server-only';
import { env } from '@/lib/config/env';
import { getLake } from './lake';

/** What the top bar shows of the lake. */
type Environment = { region: string; endpoint?: string; account?: string; isReachable: boolean };

/** Which lake this console shows; all of it is what the SDK was configured with, and none of it steers the product. */
export async function getEnvironment(): Promise<Environment> {
  const { AWS_REGION: region, AWS_ENDPOINT_URL: endpoint } = env();
  const account = await getLake().then(
    (lake) => lake.stateMachineArn.split(':')[4],
    () => undefined,
  );
  return { region, endpoint, account, isReachable: account !== undefined };
}
