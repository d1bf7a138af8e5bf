import { z } from 'zod';

/** What a token lets its holder do, within what the person may do. */
export const SCOPES = ['query', 'catalog'] as const;
export type Scope = (typeof SCOPES)[number];

export const LIFETIMES_DAYS = [7, 30, 90, 365] as const;

export const CreateToken = z.object({
  name: z.string().trim().min(1, 'required').max(100),
  scopes: z.array(z.enum(SCOPES)).min(1, 'required'),
  days: z.union(LIFETIMES_DAYS.map((days) => z.literal(days))),
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
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
}
