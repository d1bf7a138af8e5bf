import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';
import { trailNotFound } from './errors.ts';
import type { Selection } from './selectors.ts';

export interface Trail {
  name: string;
  arn: string;
  bucket: string;
  prefix?: string;
  isValidated: boolean;
  isMultiRegion: boolean;
  hasGlobalEvents: boolean;
  selection: Selection;
  tags: Record<string, string>;
  isLogging: boolean;
  /** Milliseconds since the epoch, as all times here. */
  startedAt?: number;
  stoppedAt?: number;
  delivery: DeliveryStatus;
}

/** What GetTrailStatus says of the files. */
export interface DeliveryStatus {
  logsAt?: number;
  logsTriedAt?: number;
  logsError?: string;
  digestAt?: number;
  digestError?: string;
}

/** The table of trails. */
export class Trails {
  readonly #ctx: ServiceContext;
  readonly #table: Table<Trail>;

  constructor(ctx: ServiceContext) {
    this.#ctx = ctx;
    this.#table = ctx.state.table('cloudtrail-trails', { isHot: true });
  }

  arnOf(name: string): string {
    const { region, account } = this.#ctx;
    return name.startsWith('arn:') ? name : `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
  }

  list(): Trail[] {
    return [...this.#table.range()].map(({ value }) => value);
  }

  find(nameOrArn: string): Trail | undefined {
    const name = nameOrArn.startsWith(this.arnOf('')) ? nameOrArn.slice(this.arnOf('').length) : nameOrArn;
    return this.#table.get([name]);
  }

  get(nameOrArn: string): Trail {
    const trail = this.find(nameOrArn);
    if (!trail) throw trailNotFound(nameOrArn, this.#ctx.account);
    return trail;
  }

  async change(nameOrArn: string, change: (trail: Trail) => Trail): Promise<Trail> {
    return this.#ctx.state.commit(() => {
      const changed = change(this.get(nameOrArn));
      this.put(changed);
      return changed;
    });
  }

  /** Inside a commit. */
  note(name: string, status: DeliveryStatus): void {
    const trail = this.#table.get([name]);
    if (trail) this.put({ ...trail, delivery: { ...trail.delivery, ...status } });
  }

  /** Inside a commit. */
  put(trail: Trail): void {
    this.#table.put([trail.name], trail);
  }

  /** Inside a commit. */
  remove(name: string): void {
    this.#table.remove([name]);
  }
}
