/**
 * Who may do what in the console; read by the verbs (which enforce it) and by the pages (which explain it).
 * AWS decides again: every call is made as the person's own role, whose policies are in infra/aws.
 */
export const ROLES = ['administrator', 'engineer', 'analyst', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const EVERYONE = ROLES;
const ANALYSTS_UP = ['administrator', 'engineer', 'analyst'] as const;
const ENGINEERS_UP = ['administrator', 'engineer'] as const;
const ADMINISTRATORS = ['administrator'] as const;

export const PERMISSIONS = {
  'account:edit': EVERYONE,

  'files:read': ANALYSTS_UP,
  'files:upload': ANALYSTS_UP,
  'files:download': ANALYSTS_UP,
  /** Rolls a file forward to one of its versions: no more than an upload of the same bytes would do. */
  'files:restore': ANALYSTS_UP,
  'files:delete': ENGINEERS_UP,

  'datasets:read': EVERYONE,
  'datasets:edit': ENGINEERS_UP,

  'quality:read': EVERYONE,
  /** Evaluates rules and profiles tables: a query like any other, as the function that the pipeline has for it. */
  'quality:check': ANALYSTS_UP,
  /** Rules, and what happens to a file that breaks them. */
  'quality:edit': ENGINEERS_UP,
  'incidents:edit': ANALYSTS_UP,

  'crawlers:read': EVERYONE,
  'crawlers:run': ENGINEERS_UP,

  'runs:read': EVERYONE,
  'runs:start': ENGINEERS_UP,
  'runs:stop': ENGINEERS_UP,

  'jobs:read': EVERYONE,
  'jobs:edit': ENGINEERS_UP,

  'queries:read': ANALYSTS_UP,
  'queries:run': ANALYSTS_UP,
  'queries:cancel': ANALYSTS_UP,
  'queries:save': ANALYSTS_UP,
  /** What others have run, and the pipeline: whoever keeps the lake running must see what runs in it. */
  'queries:readAll': ENGINEERS_UP,

  /** Keys of one's own to the data API. */
  'tokens:edit': ANALYSTS_UP,

  'people:read': ADMINISTRATORS,
  'people:edit': ADMINISTRATORS,
  /** Roles, policies, and what they come to. */
  'access:read': ADMINISTRATORS,
  /** Accepts what was found in policies. */
  'access:edit': ADMINISTRATORS,
  /** Why AWS refused something, as far as one's own role's policies say. */
  'ownAccess:read': EVERYONE,
  'audit:read': ADMINISTRATORS,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function can(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}

export function rolesWith(permission: Permission): readonly Role[] {
  return PERMISSIONS[permission];
}

export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}
