import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';

/**
 * When each role was last used. Told by every decision, so it is kept in memory and on disk when the lake is closed.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html
 */
export class RoleUses {
  readonly #ctx: ServiceContext;
  readonly #kept: Table<number>;
  readonly #lastAtMs = new Map<string, number>();

  constructor(ctx: ServiceContext) {
    this.#ctx = ctx;
    this.#kept = ctx.state.table('iam-role-uses');
  }

  note(roleId: string): void {
    this.#lastAtMs.set(roleId, this.#ctx.clock());
  }

  of(roleId: string): { LastUsedDate?: Date; Region?: string } {
    const atMs = this.#lastAtMs.get(roleId) ?? this.#kept.get([roleId]);
    return atMs === undefined ? {} : { LastUsedDate: new Date(atMs), Region: this.#ctx.region };
  }

  async keep(): Promise<void> {
    if (this.#lastAtMs.size === 0) return;
    await this.#ctx.state.commit(() => {
      for (const [roleId, atMs] of this.#lastAtMs) this.#kept.put([roleId], atMs);
    });
    this.#lastAtMs.clear();
  }
}
