import { z } from 'zod';
import { ROLES } from '@/lib/auth/permissions';

/** bcrypt reads 72 bytes and ignores the rest: more would be a false promise. */
const BYTES_MAX = 72;
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** No rules of what it is made of: length and not being anybody's first guess are what protects. */
export const Password = z
  .string()
  .min(12, 'passwordTooShort')
  .refine((value) => bytes(value) <= BYTES_MAX, 'passwordTooLong');

export const ChangePassword = z
  .object({ currentPassword: z.string().min(1, 'required').max(1024), newPassword: Password })
  .refine((given) => given.currentPassword !== given.newPassword, { path: ['newPassword'], error: 'passwordSame' });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const UpdatePerson = z.object({
  id: z.uuid(),
  role: z.enum(ROLES).optional(),
  isActive: z.boolean().optional(),
});
export type UpdatePerson = z.infer<typeof UpdatePerson>;

export const FindPerson = z.object({ id: z.uuid() });
export type FindPerson = z.infer<typeof FindPerson>;

export const ResetPassword = z.object({ id: z.uuid() });
export type ResetPassword = z.infer<typeof ResetPassword>;
