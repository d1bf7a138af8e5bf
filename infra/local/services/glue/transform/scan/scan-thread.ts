/** The thread's own code: one request in `workerData`, one result as a message. */
import { parentPort, workerData } from 'node:worker_threads';
import { describeProblem } from '../../../../../../lib/languages/contract/describe-problem.ts';
import { LineFile } from './line-file.ts';
import { ProblemSum } from './problem-sum.ts';
import type { ScanRequest, ScanResult } from './scan.ts';
import { DelimitedScan } from './scan-delimited.ts';
import { ArrayScan, LineScan } from './scan-records.ts';
import { textChunks } from './text-chunks.ts';

parentPort?.postMessage(await scan(workerData as ScanRequest));

async function scan({ path, format, contract, copyPath }: ScanRequest): Promise<ScanResult> {
  const problems = new ProblemSum();
  const copy = new LineFile(copyPath);
  const reader = makeReader({ format, contract }, problems, copy);
  try {
    let rest = '';
    const encoding = format.type === 'csv' ? format.encoding : 'utf-8';
    const isGzip = 'compression' in format && format.compression === 'gzip';
    for await (const text of textChunks(path, { encoding, isGzip })) {
      rest = reader.scan(rest + text, false);
      if (problems.isBroken) break;
    }
    if (!problems.isBroken) reader.scan(rest, true);
  } catch (error) {
    const problem = damage(error, reader.rows);
    if (!problem) throw error;
    problems.add(problem);
  } finally {
    copy.close();
  }
  return { rows: reader.rows, ...problems.violation };
}

function makeReader(
  { format, contract }: Pick<ScanRequest, 'format' | 'contract'>,
  problems: ProblemSum,
  copy: LineFile,
) {
  if (format.type === 'csv') return new DelimitedScan(format, contract, problems, copy);
  if (format.type === 'json' && format.layout === 'array') return new ArrayScan(contract, problems, copy);
  return new LineScan(format.type === 'json' ? 'json' : 'log', contract, problems, copy);
}

/** What a failed decoder or inflater says of the file, not far after the rows that were read. */
function damage(error: unknown, rows: number) {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return describeProblem('encoding-invalid', { row: rows + 1 });
  return code.startsWith('Z_') ? describeProblem('gzip-damaged') : undefined;
}
