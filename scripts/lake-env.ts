/** `npm run -s lake:env`: export lines, for `eval "$(npm run -s lake:env)"` before any AWS client. */
import { lakeEnvironment, readLakeCredentials } from './launch/lake-credentials.ts';
import { readSettings } from './launch/settings.ts';

try {
  const { dataFolder, lakePort, region } = readSettings();
  const variables = lakeEnvironment(await readLakeCredentials(dataFolder), lakePort, region);
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}='${value}'`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
