/** The lake with S3 and nothing else, in the folder that is named, as a process of its own; says its address. */
import { startTestLake } from '../../infra/local/testing/test-lake.ts';

const lake = await startTestLake({ services: ['s3'], dataFolder: process.argv[2] });
console.log(lake.url);
