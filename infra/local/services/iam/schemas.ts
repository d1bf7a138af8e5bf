/** Inputs that several operations share. The query protocol brings everything as text. */
import { z } from 'zod';

const NAME = /^[\w+=,.@-]+$/;
const named = (max: number) =>
  z
    .string()
    .min(1, 'Member must have length greater than or equal to 1')
    .max(max, `Member must have length less than or equal to ${max}`)
    .regex(NAME, 'Member must satisfy regular expression pattern: [\\w+=,.@-]+');

export const RoleName = named(64);
export const UserName = named(64);
export const PolicyName = named(128);
export const PolicyArn = z.string().min(20).max(2048);
export const PolicyDocument = z.string().min(1).max(131_072);
export const Path = z
  .string()
  .regex(
    /^\/$|^\/[\x21-\x7e]+\/$/,
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
  .max(512)
  .default('/');
export const PathPrefix = z.string().startsWith('/').default('/');
export const Flag = z.union([z.boolean(), z.stringbool()]);

const Tag = z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') });
/** An empty list travels as empty text. */
export const Tags = z.preprocess((value) => (value === '' ? [] : value), z.array(Tag).max(50)).default([]);
export const TagKeys = z.preprocess((value) => (value === '' ? [] : value), z.array(z.string().min(1)).max(50));

export const Page = {
  Marker: z.string().optional(),
  MaxItems: z.coerce.number().int().min(1).max(1000).default(100),
};
