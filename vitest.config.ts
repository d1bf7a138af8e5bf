import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': import.meta.dirname,
      'server-only': `${import.meta.dirname}/scripts/server-only.ts`,
    },
  },
  test: {
    include: ['{app,components,lib,infra,scripts,samples,prisma}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Else a test that writes an audit event would leave a key in the data folder.
    env: { LACUSTRE_AUDIT_KEY: 'the key of unit tests, which signs nothing else' },
    // Tests wait for disks and for processes of their own more than they compute: a worker for each core.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
