/**
 * Installs the clients of S3 and Athena that the lake is tried with and that come as Python packages, into a folder of
 * the project's own: `node scripts/install-peers.mjs`. rclone is no Python package: https://rclone.org/install/
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../.lacustre/peers');
const packages = [
  'awscli==1.45.11',
  'boto3==1.43.11',
  's3cmd==2.4.0',
  'pyathena==3.40.0',
  'awswrangler==3.17.1',
  'sqlalchemy==2.1.9',
];

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(
    `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}. It takes Python 3.9 with venv.`,
  );
  process.exit(1);
}

run('python3', ['-m', 'venv', folder]);
run(path.join(folder, 'bin/pip'), ['install', '--quiet', ...packages]);
console.log(`Installed in ${folder}: ${packages.join(', ')}.`);
