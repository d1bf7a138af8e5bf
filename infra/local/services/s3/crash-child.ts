import { startTestLake } from '../../testing/test-lake.ts';

/** A lake in a process of its own, for the test that kills it: prints its address, and lives until it is killed. */
const [, , dataFolder] = process.argv;
if (!dataFolder) throw new Error('usage: crash-child.ts DATA_FOLDER');
const { url } = await startTestLake({ services: ['s3'], dataFolder });
process.stdout.write(`${url}\n`);
