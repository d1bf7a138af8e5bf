import { z } from 'zod';

/** `callbackUrl` is where the person was going; a repeated or odd one is ignored. */
export const SearchParams = z.object({ callbackUrl: z.string().optional().catch(undefined) });
