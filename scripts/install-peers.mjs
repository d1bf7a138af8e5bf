/**
 * Installs programs that nobody here wrote, as Python packages, into folders of the project's own: the clients that the
 * lake is tried with (`node scripts/install-peers.mjs`), or the checkers of templates and policies (`… checkers`, some
 * 430 MB). rclone is no Python package: https://rclone.org/install/
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const sets = {
  peers: [
    'awscli==1.45.11',
    'boto3==1.43.11',
    's3cmd==2.4.0',
    'pyathena==3.40.0',
    'awswrangler==3.17.1',
    'sqlalchemy==2.1.9',
  ],
  // Of cloudsplaining the version that this checkov takes.
  checkers: ['cfn-lint==1.58.0', 'parliament==1.6.4', 'cloudsplaining==0.7.0', 'checkov==3.3.30'],
};

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(
    `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}. It takes Python 3.9 with venv.`,
  );
  process.exit(1);
}

const [name = 'peers'] = process.argv.slice(2);
const packages = Object.hasOwn(sets, name) ? sets[name] : undefined;
if (!packages) {
  console.error(`There is no set ${name}: it is one of ${Object.keys(sets).join(', ')}.`);
  process.exit(1);
}
const folder = path.resolve(import.meta.dirname, '../.lacustre', name);
run('python3', ['-m', 'venv', folder]);
run(path.join(folder, 'bin/pip'), ['install', '--quiet', ...packages]);
console.log(`Installed in ${folder}: ${packages.join(', ')}.`);
