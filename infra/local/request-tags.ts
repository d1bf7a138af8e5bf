import type { Access } from './service.ts';

type RequestTags = Record<string, string> | readonly { Key: string; Value: string }[];

/**
 * Condition keys of a request that brings tags: `aws:TagKeys` and, for each of them, `aws:RequestTag/…`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export function withTags(access: Access[], tags: RequestTags = []): Access[] {
  const all = Array.isArray(tags) ? tags.map(({ Key, Value }) => [Key, Value] as const) : Object.entries(tags);
  const context = Object.fromEntries(all.map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  return withTagKeys(
    access.map((one) => ({ ...one, context: { ...one.context, ...context } })),
    all.map(([key]) => key),
  );
}

/** The same of a request that takes tags away. */
export function withTagKeys(access: Access[], keys: string[]): Access[] {
  if (keys.length === 0) return access;
  return access.map((one) => ({ ...one, context: { ...one.context, 'aws:TagKeys': keys } }));
}
