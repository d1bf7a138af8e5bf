import type { SecretBox } from './secret-box.ts';
import type { CallInside, Log } from './service.ts';
import type { State } from './state/state.ts';

/** What every service is started with. Clock and ids are passed in so that tests own them. */
export interface ServiceContext {
  region: string;
  account: string;
  state: State;
  /** For what must not lie readable in the State. */
  secrets: SecretBox;
  log: Log;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** A new random UUID. */
  newId: () => string;
  inside: CallInside;
  /** The lake's own address, for code that calls back (Lambda handlers): `http://127.0.0.1:4566`. */
  endpoint: () => string;
}
