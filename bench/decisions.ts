/**
 * One decision about one request, as every request to the lake needs it: a policy of many statements, of which the last
 * allows. Prints the median and the slowest in a hundred, in microseconds.
 *
 *   node bench/decisions.ts [--statements 50] [--rounds 20000]
 */
import { parseArgs } from 'node:util';
import { compilePolicy } from '../lib/languages/iam-policy/compile-policy.ts';
import { evaluate } from '../lib/languages/iam-policy/evaluate.ts';
import { parsePolicy } from '../lib/languages/iam-policy/parse-policy.ts';
import { quantile } from './measure.ts';

const { values } = parseArgs({
  options: { statements: { type: 'string', default: '50' }, rounds: { type: 'string', default: '20000' } },
});
const count = Number(values.statements);
const document = {
  Version: '2012-10-17',
  Statement: Array.from({ length: count }, (_, n) => ({
    Effect: 'Allow',
    Action: [`s3:Get${n}`, 's3:GetObject'],
    Resource: `arn:aws:s3:::lake-${n}/*`,
    Condition: { StringEquals: { 'aws:PrincipalAccount': '111111111111' } },
  })),
};
const identity = [compilePolicy('policy', parsePolicy(JSON.stringify(document), 'identity'))];
const request = {
  principal: { arn: 'arn:aws:iam::111111111111:user/ana', accountId: '111111111111' },
  action: 's3:GetObject',
  resource: `arn:aws:s3:::lake-${count - 1}/a`,
  lookup: (key: string) => (key.toLowerCase() === 'aws:principalaccount' ? ['111111111111'] : undefined),
};
if (evaluate(request, { identity }).result !== 'allowed') throw new Error('The last statement should have allowed it.');
const times = Array.from({ length: Number(values.rounds) }, () => {
  const began = performance.now();
  evaluate(request, { identity });
  return (performance.now() - began) * 1000;
});
console.log(
  `${count} statements: p50 ${quantile(times, 0.5).toFixed(1)} µs, p99 ${quantile(times, 0.99).toFixed(1)} µs a decision`,
);
