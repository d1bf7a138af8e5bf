import { z } from 'zod';

/** Every variable the console reads. An empty value counts as unset, as in a shell script's `${X:-}`. */
const port = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a port number')
    .min(1, 'must be between 1 and 65535')
    .max(65_535, 'must be between 1 and 65535')
    .default(fallback);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' });

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .toLowerCase()
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));
const host = z
  .string()
  .regex(/^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/, 'must be hosts such as lake.example.com:8443');

const Env = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: port(3000),
  LAKE_PORT: port(4566),
  LACUSTRE_DATA: z.string().default('.lacustre/data'),
  LACUSTRE_ADMIN_EMAIL: z.email('must be an e-mail address').default('admin@lacustre.local'),
  LACUSTRE_ADMIN_PASSWORD: z
    .string()
    .min(12, 'must have at least 12 characters')
    .refine((value) => Buffer.byteLength(value) <= 72, 'must have at most 72 bytes (the limit of bcrypt)')
    .optional(),
  DATABASE_URL: postgresUrl.optional(),
  NEXTAUTH_URL: httpUrl.optional(),
  /** Names that the console answers under, beside the one in NEXTAUTH_URL and this machine's own. */
  LACUSTRE_HOSTS: list(host),
  /** How many proxies in front of the console add whom they were called by to `X-Forwarded-For`. */
  LACUSTRE_TRUSTED_PROXIES: z.coerce
    .number('must be a number of proxies')
    .int('must be a number of proxies')
    .min(0, 'must be between 0 and 10')
    .max(10, 'must be between 0 and 10')
    .default(0),
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters (openssl rand -base64 32)').optional(),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-3')
    .default('eu-west-3'),
  AWS_ENDPOINT_URL: httpUrl.optional(),
  AWS_ENDPOINT_URL_S3: httpUrl.optional(),
});
export type Env = z.infer<typeof Env>;

/** Throws one sentence per bad variable; values are not repeated, since some of them are secrets. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Env.safeParse(set);
  if (!parsed.success) throw new Error(explain(parsed.error));
  if (parsed.data.DATABASE_URL && !parsed.data.NEXTAUTH_SECRET && parsed.data.NODE_ENV === 'production') {
    throw new Error(
      'NEXTAUTH_SECRET must be set when DATABASE_URL is: several consoles may share the database and must share the secret.',
    );
  }
  return parsed.data;
}

function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
  return `The environment cannot be used:\n${lines.join('\n')}`;
}

let parsed: Env | undefined;

/** The environment, parsed on first use and then kept: it does not change while the console runs. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
