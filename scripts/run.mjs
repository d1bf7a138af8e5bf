// Runs a script of this folder: `node scripts/run.mjs start`. Plain JavaScript, so that a Node that is too old to read
// TypeScript can still say so. npm puts the project's own Node first on the path where it ships one (Linux, Windows).
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Lacustre runs on Node 22.18 or later and this is ${process.version}.\n` +
      'npm installs the right one with the project on Linux and Windows: run `npm ci`, and start by `npm start`.\n' +
      'On macOS install Node 24 from https://nodejs.org and try again.',
  );
  process.exit(1);
}
const [, , script, ...rest] = process.argv;
process.argv = [process.argv[0], script, ...rest];
await import(`./${script}.ts`);
