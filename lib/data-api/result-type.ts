import { AppError } from '@/lib/errors';
import { RESULT_TYPES, type ResultType } from './contract';

/** The format that an `Accept` header prefers among ours, JSON where it takes anything. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 */
export function resultType(accept: string | null): ResultType {
  const ranges = (accept || '*/*').split(',').map(rangeOf);
  const [best] = RESULT_TYPES.map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  if (best) return best.type;
  throw new AppError('NOT_ACCEPTABLE', `A result is to be had as ${RESULT_TYPES.join(', ')}.`);
}

interface Range {
  type: string;
  quality: number;
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const said = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = said === undefined ? 1 : Number(said);
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** Of the most exact range that holds the type. */
function qualityOf(type: ResultType, ranges: readonly Range[]): number {
  const names = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const name of names) {
    const range = ranges.find((each) => each.type === name);
    if (range) return range.quality;
  }
  return 0;
}
