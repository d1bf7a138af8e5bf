import type { ServiceContext } from '../../service-context.ts';
import type { ObjectStore } from '../s3/index.ts';
import type { Clockwork } from './clockwork.ts';
import type { Delivery } from './delivery.ts';
import type { History } from './history.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Spool } from './spool.ts';
import type { Trails } from './trails.ts';

/** What operations act on. */
export interface CloudTrail {
  ctx: ServiceContext;
  store: ObjectStore;
  trails: Trails;
  spool: Spool;
  history: History;
  keys: SigningKeys;
  delivery: Delivery;
  clockwork: Clockwork;
}
