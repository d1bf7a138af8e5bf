/**
 * Glue's resource names, and which of them an operation needs permission on: the thing itself and all that it is in.
 * https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
import type { Access } from '../../service.ts';

export class GlueArns {
  readonly #prefix: string;
  readonly #account: string;

  constructor(region: string, account: string) {
    this.#prefix = `arn:aws:glue:${region}:${account}:`;
    this.#account = account;
  }

  catalog = (): string => `${this.#prefix}catalog`;
  database = (name: string): string => `${this.#prefix}database/${name.toLowerCase()}`;
  table = (database: string, name: string): string =>
    `${this.#prefix}table/${database.toLowerCase()}/${name.toLowerCase()}`;
  userDefinedFunction = (database: string, name: string): string =>
    `${this.#prefix}userDefinedFunction/${database.toLowerCase()}/${name.toLowerCase()}`;
  job = (name: string): string => `${this.#prefix}job/${name}`;
  dataQualityRuleset = (name: string): string => `${this.#prefix}dataQualityRuleset/${name}`;
  crawler = (name: string): string => `${this.#prefix}crawler/${name}`;

  onCatalog = (action: string): Access[] => [{ action: `glue:${action}`, resource: this.catalog() }];

  onDatabase = (action: string, name: string): Access[] => [
    ...this.onCatalog(action),
    { action: `glue:${action}`, resource: this.database(name) },
  ];

  onTable = (action: string, database: string, name: string): Access[] => [
    ...this.onDatabase(action, database),
    { action: `glue:${action}`, resource: this.table(database, name) },
  ];

  onFunction = (action: string, database: string, name: string): Access[] => [
    ...this.onDatabase(action, database),
    { action: `glue:${action}`, resource: this.userDefinedFunction(database, name) },
  ];

  /** What AWS knows no resource of can be allowed on `*` alone. */
  onAnything = (action: string): Access[] => [{ action: `glue:${action}`, resource: '*' }];

  onJob = (action: string, name: string): Access[] => [{ action: `glue:${action}`, resource: this.job(name) }];
  /** `*` for what is not of one ruleset. */
  onRuleset = (action: string, name: string): Access[] => [
    { action: `glue:${action}`, resource: this.dataQualityRuleset(name) },
  ];
  onCrawler = (action: string, name: string): Access[] => [{ action: `glue:${action}`, resource: this.crawler(name) }];

  /** Whoever gives a job or a crawler a role must be allowed to, also where the role is given by its name. */
  passRole = (role: string): Access[] => [
    {
      action: 'iam:PassRole',
      resource: roleArn(this.#account, role),
      context: { 'iam:PassedToService': 'glue.amazonaws.com' },
    },
  ];
}

/** A role may be given by its name or path too. */
export const roleArn = (account: string, role: string): string =>
  role.startsWith('arn:') ? role : `arn:aws:iam::${account}:role/${role.replace(/^\//, '')}`;
