/** `npm run lake`: the local lake alone. Prints `ready http://127.0.0.1:4566` when it can be used. */
import { requireFreePort } from './launch/port.ts';
import { readSettings } from './launch/settings.ts';

try {
  await requireFreePort(readSettings().lakePort, 'LAKE_PORT');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
await import('../infra/local/main.ts');
