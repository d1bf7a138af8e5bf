import { createHash } from 'node:crypto';
import type { ProvisionedStack } from './provision.ts';
import { synthesize } from './synthesize.ts';

/** What the provisioner needs of a running lake. It reaches it as any client does, by its address. */
export interface ProvisionableLake {
  url: string;
  region: string;
  account: string;
  rootAccessKey: { id: string; secret: string };
  stack(name: string): { templateHash: string } | undefined;
  recordStack(stack: ProvisionedStack & { name: string; templateHash: string }): Promise<void>;
}

const stackName = 'Lacustre';

/** Brings the lake to what the template says; does nothing when it was provisioned from the same one before. */
export async function provisionLocal(lake: ProvisionableLake, consolePort: number): Promise<void> {
  const { folder, stamp } = await synthesize();
  const parameters = { ConsoleOrigins: `http://localhost:${consolePort},http://127.0.0.1:${consolePort}` };
  const templateHash = createHash('sha256').update(stamp).update(JSON.stringify(parameters)).digest('hex');
  if (lake.stack(stackName)?.templateHash === templateHash) return;
  // Loaded when there is something to do: the AWS clients take longer to load than the lake to start.
  const { provision } = await import('./provision.ts');
  const { id: accessKeyId, secret: secretAccessKey } = lake.rootAccessKey;
  const stack = await provision({
    endpoint: lake.url,
    region: lake.region,
    account: lake.account,
    credentials: { accessKeyId, secretAccessKey },
    assembly: folder,
    stackName,
    parameters,
  });
  await lake.recordStack({ name: stackName, templateHash, ...stack });
}
