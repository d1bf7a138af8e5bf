import createNextIntlPlugin from 'next-intl/plugin';

const withMessages = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  // Native or worker-based: loaded by Node from node_modules, never bundled.
  serverExternalPackages: ['@electric-sql/pglite', 'pg'],
  outputFileTracingIncludes: {
    '/*': ['./lib/db/*.mjs', './prisma/migrations/**/*', './node_modules/@electric-sql/pglite/dist/**/*'],
  },
  // Cache Components stay off: a prerendered shell cannot carry the nonce of our Content-Security-Policy, which is new
  // at every response. Pages are written for them all the same, with Suspense around what waits.
  // `npm run check` has checked the types; a newcomer's first start need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  typedRoutes: true,
  reactCompiler: true,
  // Titles come with their page and not after it, so that no page is without one while it is being changed to.
  htmlLimitedBots: /.*/,
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
};

export default withMessages(config);
