import { z } from 'zod';

export const EndSession = z.object({ id: z.uuid() });
export type EndSession = z.infer<typeof EndSession>;

/** Whose: without an id the signed-in person's own, and then all but this one. */
export const OfPerson = z.object({ userId: z.uuid().optional() });
export type OfPerson = z.infer<typeof OfPerson>;

/** A browser that is signed in, as its person and administrators see it. Times in milliseconds since the epoch. */
export interface SessionSummary {
  id: string;
  how: 'password' | 'oidc';
  sourceIp: string;
  userAgent: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  /** The one that asks. */
  isThis: boolean;
}
