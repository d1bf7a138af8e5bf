import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const PURE = '{components,lib/{format,i18n,languages}}/**/*.test.{ts,tsx}';

export default defineConfig({
  resolve: {
    alias: {
      '@': import.meta.dirname,
      'server-only': `${import.meta.dirname}/scripts/server-only.ts`,
    },
  },
  test: {
    environment: 'node',
    projects: [
      // Pure code has no state that one file could leave to another: its workers load it once.
      { extends: true, test: { name: 'pure', include: [PURE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'all else',
          include: ['{app,components,lib,infra,scripts,samples,prisma}/**/*.test.{ts,tsx}'],
          exclude: [PURE],
        },
      },
    ],
    globalSetup: 'infra/local/testing/synthesized.ts',
    // Else a test that writes an audit event would leave a key in the data folder.
    env: { LACUSTRE_AUDIT_KEY: 'the key of unit tests, which signs nothing else' },
    // Tests wait for disks and for processes of their own nearly as much as they compute: one worker more than cores.
    maxWorkers: availableParallelism() + 1,
    // Limits and no more: a machine that has much else to do takes several times as long.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
