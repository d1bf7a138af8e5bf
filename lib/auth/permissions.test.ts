import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { can, PERMISSIONS, type Permission, ROLES } from './permissions';
import { requirePermission } from './require-permission';

const permissions = Object.keys(PERMISSIONS) as Permission[];

describe('permissions', () => {
  test('an administrator may do everything', () => {
    for (const permission of permissions) expect(can('administrator', permission), permission).toBe(true);
  });

  test('each role may do at least what the next one may', () => {
    for (const permission of permissions) {
      const may = ROLES.map((role) => can(role, permission));
      expect(may, permission).toEqual(may.toSorted((a, b) => Number(b) - Number(a)));
    }
  });

  test('a viewer changes nothing but their own account', () => {
    const held = permissions.filter((permission) => can('viewer', permission));
    expect(held.filter((permission) => !permission.endsWith(':read'))).toEqual(['account:edit']);
  });

  test('people and the audit are the administrator’s alone', () => {
    for (const permission of ['people:read', 'people:edit', 'audit:read'] as const) {
      expect(PERMISSIONS[permission]).toEqual(['administrator']);
    }
  });
});

describe('requirePermission', () => {
  test('names the role, the permission and who holds it', () => {
    const refuse = () => requirePermission({ role: 'viewer' }, 'files:upload');
    expect(refuse).toThrow(AppError);
    expect(refuse).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        details: { role: 'viewer', permission: 'files:upload', grantedTo: ['administrator', 'engineer', 'analyst'] },
      }),
    );
  });

  test('lets the holder pass', () => {
    expect(() => requirePermission({ role: 'engineer' }, 'files:upload')).not.toThrow();
  });
});
