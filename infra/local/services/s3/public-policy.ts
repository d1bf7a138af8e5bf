import { parsePolicy } from '../../../../lib/languages/iam-policy/parse-policy.ts';
import type { Condition, Statement } from '../../../../lib/languages/iam-policy/policy.ts';

/** What narrows a statement that is for everybody to somebody, where its values have no wildcards. */
const NARROWING_KEYS = new Set(
  [
    'aws:SourceArn',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
    'aws:SourceAccount',
    'aws:PrincipalArn',
    'aws:PrincipalAccount',
    'aws:PrincipalOrgID',
    'aws:userid',
    's3:DataAccessPointArn',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
  ].map((key) => key.toLowerCase()),
);

/**
 * Whether a bucket's policy lets anybody in: S3's "meaning of public", by the statements alone that allow.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(text: string): boolean {
  return parsePolicy(text, 'resource').statements.some(
    (statement) => statement.effect === 'Allow' && isForAll(statement) && !statement.conditions.some(isNarrow),
  );
}

function isForAll({ principals }: Statement): boolean {
  if (!principals || principals.not) return true;
  return principals.values.some(({ type, value }) => type === '*' || (type === 'AWS' && value.includes('*')));
}

function isNarrow({ operator, key, values }: Condition): boolean {
  if (/not|null|ifexists/i.test(operator)) return false;
  if (key.toLowerCase() === 'aws:sourceip') return values.every(isNarrowRange);
  return NARROWING_KEYS.has(key.toLowerCase()) && !values.some((value) => /[*?]|\$\{/.test(value));
}

/** A range that is wider than IPv4's `/8` or IPv6's `/32` is as good as everybody. */
function isNarrowRange(range: string): boolean {
  const [address = '', bits] = range.split('/');
  return bits === undefined || Number(bits) >= (address.includes(':') ? 32 : 8);
}
