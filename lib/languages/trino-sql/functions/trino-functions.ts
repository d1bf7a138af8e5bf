import { AGGREGATE_FUNCTIONS } from './aggregate-functions.ts';
import { COLLECTION_FUNCTIONS } from './collection-functions.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

export interface TrinoFunction {
  name: string;
  /** As they are written between the brackets; `…` where more may follow. */
  parameters: string[];
  returns: string;
  /** What it gives, in one line. */
  summary: { en: string; fr: string };
}

/** The functions of Athena’s SQL that a person may want to write, by name. */
export const TRINO_FUNCTIONS: ReadonlyMap<string, TrinoFunction> = new Map(
  [TEXT_FUNCTIONS, NUMBER_FUNCTIONS, DATE_FUNCTIONS, COLLECTION_FUNCTIONS, AGGREGATE_FUNCTIONS]
    .flatMap((lines) => lines.trim().split('\n'))
    .map((line) => {
      const described = readLine(line);
      return [described.name, described];
    }),
);

/** `split_part(text, delimiter, index) -> varchar | One piece … | Un morceau …` */
function readLine(line: string): TrinoFunction {
  const [signature = '', en = '', fr = ''] = line.split(' | ');
  const open = signature.indexOf('(');
  const arrow = signature.lastIndexOf(') -> ');
  return {
    name: signature.slice(0, open),
    parameters: splitAtCommas(signature.slice(open + 1, arrow)),
    returns: signature.slice(arrow + ') -> '.length),
    summary: { en, fr },
  };
}

/** Commas within brackets, as in `(x, y) -> integer`, separate nothing. */
function splitAtCommas(text: string): string[] {
  return text === '' ? [] : text.split(/,\s*(?![^()]*\))/);
}
