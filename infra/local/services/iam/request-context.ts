import type { Lookup } from '../../../../lib/languages/iam-policy/pattern.ts';
import type { Access, Circumstances, Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Holder } from './directory.ts';

const PRINCIPAL_TYPES: Record<Principal['type'], string> = {
  Root: 'Account',
  User: 'User',
  AssumedRole: 'AssumedRole',
  Service: 'Service',
};

type Values = string | readonly string[] | undefined;

export interface RequestFacts {
  ctx: Pick<ServiceContext, 'clock' | 'region' | 'account'>;
  principal: Principal;
  access: Access;
  circumstances: Circumstances;
  /** The user or role that the principal is. */
  holder: Holder | undefined;
  /** Tags of the resource, where its service knows them. */
  resourceTags: () => Record<string, string> | undefined;
}

/**
 * Condition keys of a request: its own and AWS's global ones. They are worked out when a condition asks, as few do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(facts: RequestFacts): Lookup {
  let own: Map<string, Values> | undefined;
  return (key) => {
    own ??= new Map(Object.entries(facts.access.context ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const value = own.get(key) ?? GLOBAL_KEYS.get(key)?.(facts) ?? tagOf(key, facts);
    return value === undefined ? undefined : typeof value === 'string' ? [value] : value;
  };
}

const GLOBAL: Record<string, (facts: RequestFacts) => Values> = {
  'aws:principalarn': ({ holder, principal }) => holder?.arn ?? principal.arn,
  'aws:principalaccount': ({ principal }) => principal.accountId,
  'aws:principaltype': ({ principal }) => PRINCIPAL_TYPES[principal.type],
  'aws:principalisawsservice': ({ principal }) => String(principal.type === 'Service'),
  'aws:principalservicename': ({ principal }) => (principal.type === 'Service' ? principal.arn : undefined),
  'aws:userid': ({ principal }) => principal.userId,
  'aws:username': ({ principal, holder }) => (principal.type === 'User' ? holder?.name : undefined),
  'aws:tokenissuetime': ({ principal: { issuedAtMs } }) =>
    issuedAtMs === undefined ? undefined : new Date(issuedAtMs).toISOString(),
  'aws:sourceidentity': ({ principal }) => principal.sourceIdentity,
  'aws:sourceip': ({ circumstances }) => circumstances.sourceIp,
  'aws:useragent': ({ circumstances }) => circumstances.userAgent,
  // Loopback never leaves the machine: policies that ask for TLS mean the network.
  'aws:securetransport': () => 'true',
  'aws:currenttime': ({ ctx }) => new Date(ctx.clock()).toISOString(),
  'aws:epochtime': ({ ctx }) => String(Math.floor(ctx.clock() / 1000)),
  'aws:requestedregion': ({ ctx }) => ctx.region,
  'aws:resourceaccount': ({ ctx }) => ctx.account,
  's3:resourceaccount': ({ ctx }) => ctx.account,
  'aws:sourceaccount': ({ ctx, principal }) => (principal.type === 'Service' ? ctx.account : undefined),
  'aws:viaawsservice': ({ principal }) => String(principal.calledVia !== undefined),
  'aws:calledvia': ({ principal }) => principal.calledVia,
  'aws:calledviafirst': ({ principal }) => principal.calledVia?.[0],
  'aws:calledvialast': ({ principal }) => principal.calledVia?.at(-1),
};
const GLOBAL_KEYS = new Map(Object.entries(GLOBAL));

/** Names of tags are compared without their case here, as all keys are. */
function tagOf(key: string, { holder, principal, access, resourceTags }: RequestFacts): string | undefined {
  const [, kind, name = ''] = /^(aws:principaltag|aws:resourcetag|iam:resourcetag)\/(.+)$/.exec(key) ?? [];
  if (!kind) return undefined;
  if (kind !== 'aws:principaltag') {
    const isOfService = kind === 'aws:resourcetag' || access.action.startsWith('iam:');
    return isOfService ? tagNamed(resourceTags(), name) : undefined;
  }
  // A session's tag takes the place of the role's: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
  return tagNamed(principal.sessionTags, name) ?? tagNamed(holder?.tags, name);
}

function tagNamed(tags: Record<string, string> | undefined, wanted: string): string | undefined {
  return Object.entries(tags ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
