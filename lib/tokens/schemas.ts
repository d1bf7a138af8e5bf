import { z } from 'zod';

/** What a token lets its holder do, within what the person may do. */
export const SCOPES = ['query', 'saved', 'catalog'] as const;
export type Scope = (typeof SCOPES)[number];

export const LIFETIMES_DAYS = [7, 30, 90, 365] as const;

export const CreateToken = z.object({
  name: z.string().trim().min(1, 'required').max(100),
  scopes: z.array(z.enum(SCOPES)).min(1, 'required'),
  days: z.union(LIFETIMES_DAYS.map((days) => z.literal(days))),
  /** Ids of the only saved queries that it may call; none means any. */
  savedQueries: z.array(z.string().min(1).max(128)).max(100).default([]),
});
export type CreateToken = z.input<typeof CreateToken>;

export const RevokeToken = z.object({ id: z.uuid() });
export type RevokeToken = z.infer<typeof RevokeToken>;

/** A token as its person sees it: the token itself is shown once, when it is made. Times in milliseconds since the epoch. */
export interface TokenSummary {
  id: string;
  name: string;
  hint: string;
  scopes: Scope[];
  savedQueries: string[];
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
}
