/**
 * Looks at the lake from outside, system call by system call, since LMDB writes its file past Node:
 *
 *   node infra/local/services/s3/faults/trace-syncs.ts        (Linux, with strace)
 *
 * One client writes; for every answer with 200, and for every commit, it checks that LMDB's pages were synced before
 * the commit's meta page was written (through a descriptor that is synchronous), that bytes and names of blobs were
 * synced before that, and that the answer came last.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startTestLake } from '../../../testing/test-lake.ts';

const CALLS = 'openat,write,writev,pwrite64,pwritev,fdatasync,fsync,linkat,link,sendto,sendmsg';
const WRITES = new Set(['write', 'writev', 'pwrite64', 'pwritev', 'sendto', 'sendmsg']);

interface Call {
  name: string;
  args: string;
  fd: string;
  path: string;
}

async function work(dataFolder: string): Promise<void> {
  const lake = await startTestLake({ services: ['s3'], dataFolder });
  const s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  const Bucket = 'traced';
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (let i = 0; i < 50; i++) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `${i}`, Body: Buffer.alloc(i * 40_000) }));
  }
  for (let i = 0; i < 10; i++) {
    const upload = { Bucket, Key: `parts ${i}` };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
    const part = { ...upload, UploadId, PartNumber: 1, Body: Buffer.alloc((5 << 20) * (i % 2) + 10) };
    const { ETag } = await s3.send(new UploadPartCommand(part));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload }));
  }
  s3.destroy();
  await lake.close();
}

/** Calls in the order in which they ended; writes count from their beginning. */
function* callsOf(trace: string): Generator<Call> {
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const isUnfinished = rest.endsWith('<unfinished ...>');
    const text = resumed ? `${begun.get(pid) ?? ''}${resumed[1]}` : rest.replace(' <unfinished ...>', '');
    const [, name = '', args = ''] = /^(\w+)\((.*)$/.exec(text) ?? [];
    if (isUnfinished) begun.set(pid, text);
    if (name === '' || (isUnfinished ? !WRITES.has(name) : resumed && WRITES.has(name))) continue;
    const [, fd = '', path = ''] = /^(\d+)<([^>]*)>/.exec(args) ?? [];
    yield { name, args, fd, path };
  }
}

/** Follows the calls, and says where they break the order. */
function judge(trace: string, dataFolder: string): { commits: number; answers: number; broken: string[] } {
  const dirty = new Set<string>();
  /** Files whose names are not safe yet. That is no harm while nothing is written to them: some are made ahead. */
  const unnamed = new Set<string>();
  const broken: string[] = [];
  let synchronousFd = '';
  let commits = 0;
  let answers = 0;
  let uncommitted = 0;
  const mustBeClean = (moment: string, files: Iterable<string>) => {
    for (const file of files) broken.push(`${moment}: ${file} is not synced`);
  };
  for (const { name, args, fd, path } of callsOf(trace)) {
    const opened = /"([^"]+)", ([A-Z_|]+).* = (\d+)</.exec(args);
    if (name === 'openat' && opened?.[1]?.startsWith(dataFolder)) {
      if (opened[1].endsWith('lake.mdb') && opened[2]?.includes('O_DSYNC')) synchronousFd = opened[3] ?? '';
      if (opened[2]?.includes('O_EXCL')) unnamed.add(opened[1]);
    } else if (name.startsWith('link')) {
      const [, to = ''] = /"[^"]+", (?:AT_FDCWD<[^>]*>, )?"([^"]+)"/.exec(args) ?? [];
      if (to.startsWith(dataFolder)) dirty.add(dirname(to));
    } else if (name === 'fdatasync' || name === 'fsync') {
      dirty.delete(path);
      for (const file of unnamed) if (dirname(file) === path) unnamed.delete(file);
    } else if (path.endsWith('lake.mdb') && fd === synchronousFd) {
      commits++;
      uncommitted++;
      mustBeClean(`commit ${commits}`, dirty);
    } else if (path.startsWith(`${dataFolder}/s3/`) || path.endsWith('lake.mdb')) {
      dirty.add(path);
      if (unnamed.has(path)) dirty.add(dirname(path));
    } else if (args.includes('"HTTP/1.1 200')) {
      answers++;
      if (uncommitted === 0) broken.push(`answer ${answers} came before its commit`);
      mustBeClean(`answer ${answers}`, dirty);
      uncommitted = 0;
    }
  }
  return { commits, answers, broken };
}

function main(): void {
  const home = mkdtempSync(join(tmpdir(), 'lacustre-trace-'));
  const dataFolder = join(home, 'data');
  const trace = join(home, 'trace');
  const options = ['-f', '-y', '-s', '16', '-e', `trace=${CALLS}`, '-o', trace];
  execFileSync('strace', [...options, process.execPath, import.meta.filename, dataFolder], { stdio: 'inherit' });
  const { commits, answers, broken } = judge(readFileSync(trace, 'utf8'), dataFolder);
  console.log(`${commits} commits, ${answers} answers; ${broken.length} out of order`);
  for (const each of broken) console.log(each);
  rmSync(home, { recursive: true });
  if (broken.length > 0 || answers < 80 || commits < answers) process.exitCode = 1;
}

const [, , traced] = process.argv;
if (traced) await work(traced);
else main();
