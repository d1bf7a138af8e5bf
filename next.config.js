import createNextIntlPlugin from 'next-intl/plugin';

const withMessages = createNextIntlPlugin('./lib/i18n/request.ts');

/** What is the same for every answer, scripts and styles included; the rest is in proxy.ts. */
const SECURITY_HEADERS = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'x-permitted-cross-domain-policies', value: 'none' },
  {
    key: 'permissions-policy',
    value: [
      'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=()',
      'hid=(), identity-credentials-get=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
    ].join(', '),
  },
];

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
  // Nothing of ours is resized by the server, which would fetch pictures for anybody who asks.
  images: { unoptimized: true },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
  turbopack: { root: import.meta.dirname },
  // Nobody reads those of a build, which take a quarter of its time and two thirds of its room.
  experimental: { turbopackSourceMaps: process.env.NODE_ENV !== 'production' },
};

export default withMessages(config);
