import type { Access } from '../../service.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonathena.html */
export class AthenaArns {
  readonly #prefix: string;

  constructor(region: string, account: string) {
    this.#prefix = `arn:aws:athena:${region}:${account}:`;
  }

  workGroup = (name: string): string => `${this.#prefix}workgroup/${name}`;
  dataCatalog = (name: string): string => `${this.#prefix}datacatalog/${name}`;

  onWorkGroup = (action: string, name: string): Access[] => [
    { action: `athena:${action}`, resource: this.workGroup(name) },
  ];
  onDataCatalog = (action: string, name: string): Access[] => [
    { action: `athena:${action}`, resource: this.dataCatalog(name) },
  ];
}
