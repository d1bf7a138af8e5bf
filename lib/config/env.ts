import { z } from 'zod';
import { ROLES } from '@/lib/auth/permissions';

/** Every variable the console reads. An empty value counts as unset, as in a shell script's `${X:-}`. */
const port = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a port number')
    .min(1, 'must be between 1 and 65535')
    .max(65_535, 'must be between 1 and 65535')
    .default(fallback);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
const yesOrNo = z.enum(['yes', 'no'], 'must be yes or no').default('no');
const whole = (fallback: number, min: number, max: number) =>
  z.coerce
    .number(`must be a whole number from ${min} to ${max}`)
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be a whole number from ${min} to ${max}`)
    .max(max, `must be a whole number from ${min} to ${max}`)
    .default(fallback);
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
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters (openssl rand -base64 32)').optional(),
  LACUSTRE_AUDIT_KEY: z.string().min(32, 'must have at least 32 characters (openssl rand -base64 32)').optional(),
  LACUSTRE_SESSION_HOURS: whole(12, 1, 168),
  LACUSTRE_SESSION_IDLE_MINUTES: whole(60, 5, 1440),
  /** How many proxies before the console add whom they were called by to `X-Forwarded-For`. */
  LACUSTRE_PROXIES: whole(0, 0, 8),
  /** Ranges of the own network that the console may call, such as an identity provider's. */
  LACUSTRE_PRIVATE_NETWORKS: list(
    z.string().regex(/^([0-9.]+|[0-9a-f:]+)\/\d{1,3}$/, 'must be ranges such as 10.20.0.0/16'),
  ),
  LACUSTRE_CONTACT: z.string().max(200, 'must have at most 200 characters').optional(),
  LACUSTRE_PASSWORD_SIGN_IN: z
    .enum(['yes', 'no', 'administrators'], 'must be yes, no or administrators')
    .default('yes'),
  // With or without a slash at its end it is the same issuer, and its people must stay the same.
  LACUSTRE_OIDC_ISSUER: httpUrl.transform((address) => address.replace(/\/+$/, '')).optional(),
  LACUSTRE_OIDC_CLIENT_ID: z.string().optional(),
  LACUSTRE_OIDC_CLIENT_SECRET: z.string().optional(),
  LACUSTRE_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  LACUSTRE_OIDC_NAME: z.string().max(40, 'must have at most 40 characters').optional(),
  LACUSTRE_OIDC_SCOPES: z.string().optional(),
  LACUSTRE_OIDC_GROUPS_CLAIM: z.string().optional(),
  LACUSTRE_OIDC_ROLES: z.string().optional(),
  LACUSTRE_OIDC_DEFAULT_ROLE: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`).optional(),
  LACUSTRE_OIDC_LINK_BY_EMAIL: yesOrNo,
  LACUSTRE_OIDC_TRUST_EMAIL: yesOrNo,
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
  if (parsed.data.LACUSTRE_PASSWORD_SIGN_IN === 'no' && !parsed.data.LACUSTRE_OIDC_ISSUER) {
    throw new Error('LACUSTRE_PASSWORD_SIGN_IN is no and LACUSTRE_OIDC_ISSUER is not set: nobody could sign in.');
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
