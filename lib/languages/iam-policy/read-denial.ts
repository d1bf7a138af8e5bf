/** The kinds of policy that AWS names in a denial; those of an organisation are not among what a role's page can show. */
export const DENIAL_KINDS = [
  'identity',
  'resource',
  'boundary',
  'session',
  'trust',
  'organisation',
  'endpoint',
] as const;
export type DenialKind = (typeof DENIAL_KINDS)[number];

/** What AWS's own sentence says of a request that it refused. */
export interface Denial {
  /** ARN; undefined where the sentence speaks of "you". */
  principal?: string;
  action: string;
  /** ARN; undefined where the sentence names none. */
  resource?: string;
  /** True where a statement denies it; false where none allows it; undefined where AWS does not say. */
  isExplicit?: boolean;
  kind?: DenialKind;
  /** The policy that AWS names, where it does. */
  policyArn?: string;
}

/**
 * `User: ARN is not authorized to perform: ACTION on resource: ARN because no KIND policy allows the ACTION action`, or
 * `… with an explicit deny in a KIND policy[: ARN]`. S3 puts the resource in quotes, and so may the JSON around a sentence.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const SENTENCE =
  /(?:User: (?<principal>\S+) is|are) not authorized to perform: (?<action>[a-z0-9-]+:\w+)(?: on (?:the )?resource(?:: (?:\\?"(?<quoted>[^"\\]+)\\?"|(?<plain>[^\s"\\]+)))?)?(?<rest>[^\n]{0,400})/i;
const WHY =
  /^[.\s]*(?:because no (?<missing>[a-z -]+?) allows|with an explicit deny in an? (?<denying>[a-z -]+? (?:policy|boundary))\b(?:: (?<policy>arn:[^\s"\\]+))?)/i;

/** Athena's own words for what S3 did not let it do. https://repost.aws/knowledge-center/access-denied-athena */
const ATHENA: readonly [pattern: RegExp, action: string][] = [
  [/Permission denied on S3 path: s3:\/\/(?<path>[^\s"]+)/i, 's3:GetObject'],
  [/Access denied when writing (?:output )?to (?:url|location): s3:\/\/(?<path>[^\s"]+)/i, 's3:PutObject'],
];

const KINDS: Record<string, DenialKind> = {
  'identity-based policy': 'identity',
  'resource-based policy': 'resource',
  'permissions boundary': 'boundary',
  'session policy': 'session',
  'role trust policy': 'trust',
  'trust policy': 'trust',
  'service control policy': 'organisation',
  'resource control policy': 'organisation',
  'vpc endpoint policy': 'endpoint',
};

/** Finds a denial in an error's message or in the cause of a failed task; undefined where it tells of something else. */
export function readDenial(text: string): Denial | undefined {
  const found = SENTENCE.exec(text)?.groups;
  if (!found?.action) return readAthena(text);
  const { principal, action, quoted, plain, rest = '' } = found;
  const resource = quoted ?? plain?.replace(/[.,;]$/, '');
  return {
    ...(principal ? { principal } : {}),
    action,
    ...(resource ? { resource } : {}),
    ...readReason(rest),
  };
}

/** The sentence alone, without the document or the stack that it stands in; undefined where there is none. */
export function findDenialSentence(text: string): string | undefined {
  return [SENTENCE, ...ATHENA.map(([pattern]) => pattern)].map((pattern) => pattern.exec(text)?.[0]).find(Boolean);
}

function readReason(rest: string): Pick<Denial, 'isExplicit' | 'kind' | 'policyArn'> {
  const { missing, denying, policy } = WHY.exec(rest)?.groups ?? {};
  const named = missing ?? denying;
  if (!named) return {};
  const kind = KINDS[named.toLowerCase()];
  return {
    isExplicit: denying !== undefined,
    ...(kind ? { kind } : {}),
    ...(policy ? { policyArn: policy.replace(/[.,;]$/, '') } : {}),
  };
}

function readAthena(text: string): Denial | undefined {
  for (const [pattern, action] of ATHENA) {
    const path = pattern.exec(text)?.groups?.path;
    if (path) return { action, resource: `arn:aws:s3:::${path.replace(/[.,;]$/, '')}` };
  }
  return undefined;
}

/** The role that a session's ARN is of: `arn:aws:sts::…:assumed-role/ROLE/SESSION`; undefined for users and services. */
export function roleOfPrincipal(principalArn: string): string | undefined {
  return (
    /^arn:[^:]*:sts::\d*:assumed-role\/([^/]+)\//.exec(principalArn)?.[1] ??
    /^arn:[^:]*:iam::\d*:role\/(?:.*\/)?([^/]+)$/.exec(principalArn)?.[1]
  );
}
