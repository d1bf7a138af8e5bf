/** `npm run start:aws`: the console alone, on the lake that is deployed in the ambient credentials' AWS account. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { buildConsole } from './launch/build-console.ts';
import { startConsole } from './launch/console.ts';
import { requireFreePort } from './launch/port.ts';
import { readSettings } from './launch/settings.ts';
import { stopOnSignal } from './launch/stop-on-signal.ts';

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (endpoint)
    throw new Error(
      `AWS_ENDPOINT_URL is ${endpoint}, which is not AWS. Unset it, or use \`npm start\` for the local lake.`,
    );
  const settings = readSettings();
  await requireFreePort(settings.port, 'PORT');
  const account = await ambientAccount();
  await buildConsole();
  const consoleServer = await startConsole({
    port: settings.port,
    mode: 'start',
    environment: { LACUSTRE_DATA: settings.dataFolder },
  });
  stopOnSignal(() => consoleServer.stop());
  console.log(`\nLacustre is ready on AWS account ${account}: http://localhost:${settings.port}\n`);
  process.exitCode = (await consoleServer.ended) ?? 1;
}

async function ambientAccount(): Promise<string> {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new Error('AWS_REGION is not set: name the region that the lake is deployed in.');
  const sts = new STSClient({ region });
  try {
    return (await sts.send(new GetCallerIdentityCommand())).Account ?? '';
  } catch (cause) {
    throw new Error(
      `AWS does not accept the ambient credentials (${cause instanceof Error ? cause.message : cause}). Sign in with \`aws sso login\` or set AWS_PROFILE.`,
    );
  } finally {
    sts.destroy();
  }
}
