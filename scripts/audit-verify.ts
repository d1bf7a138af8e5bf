/**
 * `npm run audit:verify`: verifies the audit trail, the console's half and AWS's, and ends with 1 where anything is not as it
 * was written, with 2 where a half cannot be verified. It reads what the console reads: LACUSTRE_DATA or DATABASE_URL, and the local lake of that data folder; with
 * `-- --aws` the lake that is deployed in the ambient credentials' AWS account. `-- --only console` leaves AWS out.
 */
import { lakeEnvironment, readLakeCredentials } from './launch/lake-credentials.ts';
import { runConsoleCode } from './launch/run-console-code.ts';
import { readSettings, root } from './launch/settings.ts';

try {
  const { dataFolder, lakePort, region } = readSettings();
  process.chdir(root);
  process.env.LACUSTRE_DATA = dataFolder;
  const isElsewhere = process.argv.includes('--aws') || process.env.AWS_ENDPOINT_URL;
  const credentials = isElsewhere ? undefined : await readLakeCredentials(dataFolder).catch(() => undefined);
  if (credentials) Object.assign(process.env, lakeEnvironment(credentials, lakePort, region));
  await runConsoleCode('scripts/audit/verify-trail.ts');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
