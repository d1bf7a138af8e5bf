/** What IAM keeps: users, roles, customer managed policies and access keys, each a record of its own. */

import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';
import { noSuch, noSuchEntity } from './errors.ts';

/** A user or a role: what policies are attached to. */
export interface Holder {
  name: string;
  /** `AIDA…` or `AROA…`. */
  id: string;
  path: string;
  arn: string;
  createdAtMs: number;
  /** Inline policies: name → document. */
  inline: Record<string, string>;
  /** ARNs of managed policies. */
  attached: string[];
  boundary?: string;
  tags: Record<string, string>;
}

export type User = Holder;

export interface Role extends Holder {
  description?: string;
  maxSessionSeconds: number;
  /** The trust policy. */
  trust: string;
}

export interface ManagedPolicy {
  name: string;
  id: string;
  path: string;
  arn: string;
  description?: string;
  createdAtMs: number;
  updatedAtMs: number;
  versions: PolicyVersion[];
  /** `v1`. */
  defaultVersion: string;
  /** The number of the next version; numbers are never used twice. */
  nextVersion: number;
  tags: Record<string, string>;
}

export interface PolicyVersion {
  id: string;
  document: string;
  createdAtMs: number;
}

export interface AccessKey {
  id: string;
  /** Sealed. */
  secret: string;
  userName: string;
  status: 'Active' | 'Inactive';
  createdAtMs: number;
}

export class Directory {
  readonly ctx: ServiceContext;
  readonly users: Table<User>;
  readonly roles: Table<Role>;
  readonly policies: Table<ManagedPolicy>;
  readonly keys: Table<AccessKey>;
  /** Grows with every change, so that what was compiled from older records is known to be stale. */
  generation = 0;

  constructor(ctx: ServiceContext) {
    this.ctx = ctx;
    this.users = ctx.state.table('iam-users', { isHot: true });
    this.roles = ctx.state.table('iam-roles', { isHot: true });
    this.policies = ctx.state.table('iam-policies', { isHot: true });
    this.keys = ctx.state.table('iam-keys', { isHot: true });
  }

  /** Seals again what lies under an older key, or under none. */
  async renewSecrets(): Promise<void> {
    await this.ctx.state.commit(() => {
      for (const { value: key } of [...this.keys.range()]) {
        const secret = this.ctx.secrets.renewed(key.secret, placeOf(key.id));
        if (secret !== undefined) this.keys.put([key.id], { ...key, secret });
      }
    });
  }

  sealSecret(keyId: string, secret: string): string {
    return this.ctx.secrets.seal(secret, placeOf(keyId));
  }

  secretOf({ id, secret }: AccessKey): string {
    return this.ctx.secrets.open(secret, placeOf(id)).toString();
  }

  /** Runs `work` in a durable commit; decisions made after it see its outcome. */
  async change<T>(work: () => T): Promise<T> {
    const result = await this.ctx.state.commit(work);
    this.generation++;
    return result;
  }

  getUser(name: string): User {
    const user = this.users.get([name]);
    if (!user) throw noSuch('user', name);
    return user;
  }

  getRole(name: string): Role {
    const role = this.roles.get([name]);
    if (!role) throw noSuch('role', name);
    return role;
  }

  getPolicy(arn: string): ManagedPolicy {
    const policy = this.policies.get([arn]);
    if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
    return policy;
  }

  findByArn(arn: string): User | Role | ManagedPolicy | undefined {
    const [, type, path = ''] = /^arn:[^:]+:iam::\d+:(user|role|policy)\/(.+)$/.exec(arn) ?? [];
    if (type === 'policy') return this.policies.get([arn]);
    const name = path.split('/').at(-1) ?? '';
    const found = type === 'user' ? this.users.get([name]) : type === 'role' ? this.roles.get([name]) : undefined;
    return found?.arn === arn ? found : undefined;
  }

  keysOf(userName: string): AccessKey[] {
    return [...this.keys.range()].map(({ value }) => value).filter((key) => key.userName === userName);
  }

  /** `role/path/name` → its ARN in this account. */
  arn(type: 'user' | 'role' | 'policy', path: string, name: string): string {
    return `arn:aws:iam::${this.ctx.account}:${type}${path}${name}`;
  }
}

function placeOf(keyId: string): string {
  return `iam access key ${keyId}`;
}

/** The document of a managed policy that is in force. */
export function documentInForce(policy: ManagedPolicy): string {
  return policy.versions.find((version) => version.id === policy.defaultVersion)?.document ?? '';
}
