import { beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { AcceptInvitation } from '@/lib/invitations/schemas';
import { settle } from './action';
import { toAppError } from './aws/errors';
import { describeError } from './error-report';
import { AppError } from './errors';

let locale = 'en';
vi.mock('next-intl/server', () => ({ getLocale: async () => locale }));
vi.mock('@/lib/auth/context', () => ({ getContext: vi.fn() }));

beforeEach(() => {
  locale = 'en';
});

describe('describeError', () => {
  test('says a known reason in the reader’s language, with its details', () => {
    const error = new AppError('CONFLICT', 'english', { reason: 'emailTaken', details: { email: 'a@b.fr' } });
    expect(describeError(error, 'r', 'fr')).toEqual({
      code: 'CONFLICT',
      message: 'a@b.fr a déjà un compte.',
      details: { email: 'a@b.fr' },
      requestId: 'r',
    });
  });

  test('says the English sentence where there is no other', () => {
    expect(describeError(new AppError('INVALID', 'As AWS says.'), 'r', 'fr').message).toBe('As AWS says.');
    expect(describeError(new AppError('INVALID', 'So.', { reason: 'no such key' }), 'r', 'fr').message).toBe('So.');
  });

  test('puts the sentence of a refused field beside it, and says roles as people do', () => {
    const taken = new AppError('CONFLICT', 'x', { reason: 'emailTaken', details: { field: 'email', email: 'a@b.fr' } });
    expect(describeError(taken, 'r', 'fr').fieldErrors).toEqual({ email: 'a@b.fr a déjà un compte.' });
    const denied = new AppError('FORBIDDEN', 'x', {
      reason: 'permission',
      details: { role: 'viewer', permission: 'p' },
    });
    expect(describeError(denied, 'r', 'fr').message).toBe('Votre rôle (Lecteur) n’a pas la permission p.');
  });

  test('gives each wrong field its sentence', () => {
    const wrong = AcceptInvitation.safeParse({
      token: 't',
      name: '',
      email: 'nobody',
      password: 'long enough for it',
    }).error;
    expect(describeError(toAppError(wrong), 'r', 'fr').fieldErrors).toEqual({
      name: 'Ce champ est nécessaire.',
      email: 'Ce n’est pas une adresse e-mail.',
    });
  });

  test('says zod’s own checks in the reader’s language', () => {
    const wrong = z.object({ rows: z.number().max(10) }).safeParse({ rows: 11 }).error;
    expect(describeError(toAppError(wrong), 'r', 'fr').fieldErrors?.rows).toMatch(/^Trop grand/);
  });
});

describe('settle', () => {
  test('returns what the work returns', async () => {
    expect(await settle(async () => 7)).toEqual({ ok: true, data: 7 });
  });

  test('never lets an unknown error’s words out, and logs them with the request', async () => {
    locale = 'fr';
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const result = await settle(async () => {
      throw new Error('password=hunter2');
    });
    const logged = String(stderr.mock.calls[0]?.[0]);
    stderr.mockRestore();
    expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(logged).toContain('password=[redacted]');
    expect(logged).toContain(result.ok ? '' : result.error.requestId);
  });

  test('lets Next’s own signals through', async () => {
    const { redirect } = await import('next/navigation');
    await expect(settle(async () => redirect('/'))).rejects.toThrow('NEXT_REDIRECT');
  });
});
