import { z } from 'zod';
import { s3Error } from '../errors.ts';

/**
 * What the signer of a form allows: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export interface PostPolicy {
  expiresAt: number;
  conditions: PostCondition[];
  sizeBytes?: { min: number; max: number };
}

export interface PostCondition {
  operator: 'eq' | 'starts-with';
  /** Of the form, in lower case. */
  field: string;
  value: string;
}

const Text = z.union([z.string(), z.number()]).transform(String);
const Size = z.union([z.number(), z.string().regex(/^\d{1,15}$/)]).transform(Number);
const Matching = z.tuple([
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['eq', 'starts-with'])),
  z.string(),
  Text,
]);
const Range = z.tuple([z.literal('content-length-range'), Size, Size]);
const Document = z.object({
  expiration: z.iso.datetime({ offset: true }),
  conditions: z.array(z.union([Range, Matching, z.record(z.string(), Text)])),
});

/** Fields that need no condition, since they are no part of what is stored. */
const FREE = new Set(['file', 'policy', 'x-amz-signature', 'signature', 'awsaccesskeyid']);

export function parsePostPolicy(base64: string): PostPolicy {
  const found = Document.safeParse(jsonOf(base64));
  if (!found.success) throw invalid(found.error.issues[0]?.message ?? '');
  const policy: PostPolicy = { expiresAt: Date.parse(found.data.expiration), conditions: [] };
  for (const each of found.data.conditions) {
    if (!Array.isArray(each)) {
      const all = Object.entries(each).map(([field, value]) => ({ operator: 'eq' as const, field, value }));
      policy.conditions.push(...all.map((condition) => ({ ...condition, field: condition.field.toLowerCase() })));
    } else if (each[0] === 'content-length-range') policy.sizeBytes = { min: each[1], max: Number(each[2]) };
    else {
      const [operator, field, value] = each as z.infer<typeof Matching>;
      if (!field.startsWith('$')) throw invalid(`${operator} is about a field, whose name begins with $`);
      policy.conditions.push({ operator, field: field.slice(1).toLowerCase(), value });
    }
  }
  return policy;
}

/** Refuses a form that its policy does not allow, in every field that is no mere signature. */
export function checkPostPolicy(policy: PostPolicy, fields: Map<string, string>, now: number): void {
  if (now >= policy.expiresAt) throw denied('Policy expired.');
  for (const { operator, field, value } of policy.conditions) {
    const found = fields.get(field) ?? '';
    const holds = operator === 'eq' ? found === value : startsWith(field, found, value);
    if (!holds) throw denied(`Policy Condition failed: ["${operator}", "$${field}", "${value}"]`);
  }
  const allowed = new Set(policy.conditions.map(({ field }) => field));
  const extra = [...fields.keys()].find(
    (field) => !allowed.has(field) && !FREE.has(field) && !field.startsWith('x-ignore-') && field !== 'bucket',
  );
  if (extra !== undefined) throw denied(`Extra input fields: ${extra}`);
}

/** Content types may be several, with commas between; each must begin so. */
function startsWith(field: string, found: string, beginning: string): boolean {
  const values = field === 'content-type' ? found.split(',').map((each) => each.trim()) : [found];
  return values.every((each) => each.startsWith(beginning));
}

function jsonOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid JSON.');
  }
}

const invalid = (words: string) => s3Error('InvalidPolicyDocument', {}, `Invalid Policy: ${words}`);
const denied = (words: string) => s3Error('AccessDenied', {}, `Invalid according to Policy: ${words}`);
