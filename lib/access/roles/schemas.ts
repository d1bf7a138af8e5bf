import { z } from 'zod';
import type { Role } from '@/lib/auth/permissions';
import type { StatementPhrase } from '@/lib/languages/iam-policy/words.ts';
import type { PolicyText, UnreadPolicy } from '../read-principal';

export interface RoleSummary {
  roleName: string;
  roleArn: string;
  /** The role of people that it is; undefined for what services act as. */
  role?: Role;
  description?: string;
  /** Who its trust policy names, in words; empty where that cannot be read. */
  trustedBy: StatementPhrase[];
  /** People who act as it; undefined for what services act as. */
  people?: number;
  policies: number;
  statements: number;
  /** ISO 8601; undefined where AWS has recorded no use. */
  lastUsedAt?: string;
  unread: UnreadPolicy[];
}

/** A name of a role as IAM takes it. */
export const GetRole = z.object({ roleName: z.string().regex(/^[\w+=,.@-]{1,64}$/) });
export type GetRole = z.infer<typeof GetRole>;

export interface RolePerson {
  id: string;
  name: string;
  email: string;
}

/** One statement of a policy: in words, and as it is written. */
export interface RoleStatement {
  index: number;
  sid?: string;
  effect: 'Allow' | 'Deny';
  phrases: StatementPhrase[];
  json: string;
}

export interface RolePolicy extends PolicyText {
  /** Empty for what AWS would not take as a policy. */
  statements: RoleStatement[];
}

export interface StatementRef {
  policy: string;
  index: number;
  sid?: string;
}

/** Something that the role may do, by one or more of its statements. */
export interface Permission {
  phrases: StatementPhrase[];
  by: StatementRef[];
  /** Whether a boundary or an explicit deny takes all of it, or a part of it, away again. */
  reach: 'whole' | 'part' | 'none';
}

export interface RoleDetails {
  roleName: string;
  roleArn: string;
  role?: Role;
  description?: string;
  lastUsedAt?: string;
  createdAt?: string;
  maxSessionSeconds?: number;
  /** Undefined for what services act as. */
  people?: RolePerson[];
  /** What the role may do in the end, by the service it is done in. */
  permissions: { service: string; items: Permission[] }[];
  trust: RolePolicy;
  policies: RolePolicy[];
  boundary?: RolePolicy;
  unread: UnreadPolicy[];
}
