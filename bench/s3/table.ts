import { median } from '../measure.ts';

/** A server's results, one number a round. */
export type Results = Map<string, number[]>;

const RATIOS = ['s3rver', 'MinIO'];

/** One line a server: median, least and most, and the ratio to s3rver and MinIO (above 1: better than they are). */
export function printResults(title: string, unit: string, results: Results, better: 'more' | 'less'): void {
  console.log(`\n${title}`);
  for (const [name, values] of results) {
    const ratios = RATIOS.filter((peer) => peer !== name && results.has(peer)).map((peer) => {
      const [mine, theirs] = [median(values), median(results.get(peer) ?? [])];
      return `${(better === 'more' ? mine / theirs : theirs / mine).toFixed(2)}× ${peer}`;
    });
    console.log(
      `  ${name.padEnd(22)} ${show(median(values)).padStart(8)} ${unit}  (${show(Math.min(...values))}–${show(Math.max(...values))})  ${ratios.join('  ')}`,
    );
  }
}

const show = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
