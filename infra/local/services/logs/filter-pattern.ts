import { AwsError } from '../../service.ts';

export type MatchesLine = (message: string) => boolean;

/**
 * Filter patterns of terms: all must occur, those after `-` must not, and of those after `?` one must.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseFilterPattern(pattern: string): MatchesLine {
  const text = pattern.trim();
  if (text.startsWith('{') || text.startsWith('[') || text.startsWith('%')) {
    throw new AwsError(
      'InvalidParameterException',
      'Invalid filter pattern: the local lake supports patterns of terms only, not JSON, space-delimited or regular expressions.',
    );
  }
  const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, plain]) => ({
    sign,
    text: quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  }));
  const of = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map((term) => term.text);
  const [required, excluded, optional] = [of(''), of('-'), of('?')];
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    (optional.length === 0 || optional.some((term) => message.includes(term)));
}
