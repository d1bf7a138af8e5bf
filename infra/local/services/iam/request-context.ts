import type { Lookup } from '../../../../lib/languages/iam-policy/pattern.ts';
import type { Access, Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Holder } from './directory.ts';

/** What a request from outside adds to a decision. */
export interface Circumstances {
  sourceIp: string;
  userAgent?: string;
}

const PRINCIPAL_TYPES: Record<Principal['type'], string> = {
  Root: 'Account',
  User: 'User',
  AssumedRole: 'AssumedRole',
  Service: 'Service',
};

type Values = string | readonly string[] | undefined;

/**
 * Condition keys of a request: its own and AWS's global ones. They are worked out when a condition asks, as few do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(
  ctx: Pick<ServiceContext, 'clock' | 'region' | 'account'>,
  principal: Principal,
  access: Access,
  circumstances: Circumstances,
  holder: Holder | undefined,
): Lookup {
  let own: Map<string, Values> | undefined;
  let globals: Record<string, () => Values> | undefined;
  return (key) => {
    own ??= new Map(Object.entries(access.context ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    globals ??= globalKeys(ctx, principal, circumstances, holder);
    const value = own.get(key) ?? globals[key]?.() ?? principalTag(key, holder);
    return value === undefined ? undefined : typeof value === 'string' ? [value] : value;
  };
}

function globalKeys(
  ctx: Pick<ServiceContext, 'clock' | 'region' | 'account'>,
  principal: Principal,
  circumstances: Circumstances,
  holder: Holder | undefined,
): Record<string, () => Values> {
  return {
    'aws:principalarn': () => holder?.arn ?? principal.arn,
    'aws:principalaccount': () => principal.accountId,
    'aws:principaltype': () => PRINCIPAL_TYPES[principal.type],
    'aws:principalisawsservice': () => String(principal.type === 'Service'),
    'aws:userid': () => principal.userId,
    'aws:username': () => (principal.type === 'User' ? holder?.name : undefined),
    'aws:sourceip': () => circumstances.sourceIp,
    'aws:useragent': () => circumstances.userAgent,
    // Loopback never leaves the machine: policies that ask for TLS mean the network.
    'aws:securetransport': () => 'true',
    'aws:currenttime': () => new Date(ctx.clock()).toISOString(),
    'aws:epochtime': () => String(Math.floor(ctx.clock() / 1000)),
    'aws:requestedregion': () => ctx.region,
    'aws:resourceaccount': () => ctx.account,
    'aws:sourceaccount': () => (principal.type === 'Service' ? ctx.account : undefined),
    'aws:viaawsservice': () => 'false',
  };
}

function principalTag(key: string, holder: Holder | undefined): string | undefined {
  if (!key.startsWith('aws:principaltag/') || !holder) return undefined;
  const wanted = key.slice('aws:principaltag/'.length);
  return Object.entries(holder.tags).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
