import 'server-only';
import { z } from 'zod';
import { isCommonPassword } from '@/lib/auth/common-password';

/** Refuses a new password that anybody would try first; `field` is where the person wrote it. */
export async function requireGoodPassword(password: string, email: string, field: string): Promise<void> {
  if (!(await isCommonPassword(password, email))) return;
  throw new z.ZodError([{ code: 'custom', path: [field], message: 'passwordCommon', input: undefined }]);
}
