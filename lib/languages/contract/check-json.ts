import { headerKey } from '../file-format/header-key.ts';
import { type JsonOptions, type JsonRecord, readJson } from '../file-format/json-reader.ts';
import { fits } from '../file-format/value-kind.ts';
import { codeOfMisfit } from './code-of-misfit.ts';
import { describeType, type FitValue } from './column-type.ts';
import { type Contract, columnsOf } from './contract.ts';
import type { ProblemList } from './problem-list.ts';

interface CheckedKey {
  name: string;
  required: boolean;
  expected: string;
  fitValue: FitValue | undefined;
}

interface Place {
  row: number;
  line: number;
}

/** Checks a JSON file's objects against the contract; answers how many there were. A key that lacks is an empty value. */
export function checkJson(text: string, options: JsonOptions, contract: Contract, problems: ProblemList): number {
  const keys = new Map<string, CheckedKey>(
    columnsOf(contract).map(({ physicalName, physicalType, required }) => [
      headerKey(physicalName),
      { name: physicalName, required, ...describeType(physicalType) },
    ]),
  );
  let rows = 0;
  const problem = readJson(text, options, (record, row, line) => {
    rows = row;
    checkRecord(record, { row, line }, keys, problems);
    return true;
  });
  if (problem) problems.addAll([problem]);
  return rows;
}

function checkRecord(record: JsonRecord, place: Place, keys: Map<string, CheckedKey>, problems: ProblemList): void {
  let valuesFound = 0;
  for (const name in record) {
    const key = keys.get(name) ?? keys.get(headerKey(name));
    if (!key) problems.add('column-unexpected', { ...place, column: name }, name);
    else if (checkValue(record[name], place, key, problems) && key.required) valuesFound++;
  }
  addMissing(record, place, keys, valuesFound, problems);
}

/** Empty as in any other file: white space is no value. */
function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** Answers false for an empty value. */
function checkValue(
  value: unknown,
  place: Place,
  { name, expected, fitValue }: CheckedKey,
  problems: ProblemList,
): boolean {
  if (isEmpty(value)) return false;
  if (!fitValue) return true;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
  const result = fitValue(text, 0, text.length);
  if (result !== fits) problems.add(codeOfMisfit[result], { ...place, column: name, value: text, expected }, name);
  return true;
}

function addMissing(
  record: JsonRecord,
  place: Place,
  keys: Map<string, CheckedKey>,
  valuesFound: number,
  problems: ProblemList,
): void {
  const required = [...keys.values()].filter((key) => key.required);
  if (valuesFound === required.length) return;
  const namesHere = new Map(Object.keys(record).map((name) => [headerKey(name), name]));
  for (const key of required) {
    const name = namesHere.get(headerKey(key.name));
    if (name === undefined)
      problems.add('column-missing', { ...place, column: key.name, expected: key.expected }, key.name);
    else if (isEmpty(record[name])) {
      problems.add('value-required', { ...place, column: key.name, expected: key.expected }, key.name);
    }
  }
}
