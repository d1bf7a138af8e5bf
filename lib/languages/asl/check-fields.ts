/** Checks of single fields, from which `state-fields.ts` puts the states together. */
import type { QueryLanguage } from './definition.ts';
import type { Findings } from './diagnostic.ts';
import { parseExpression } from './intrinsic.ts';
import { isObject, type Json } from './json.ts';
import { isJsonata, jsonataProblem } from './jsonata.ts';
import { parsePath } from './path.ts';
import { computedMembers } from './payload-template.ts';
import { isReferencePath } from './reference-path.ts';
import { parseTimestamp } from './timestamp.ts';

/** Where a check stands: what it tells, and in which language the state speaks. */
export interface Place {
  at: string;
  language: QueryLanguage;
  findings: Findings;
  /** Checks a machine inside this one: a branch of Parallel, the processor of Map. */
  machine: (value: Json, at: string) => void;
}

export type FieldCheck = (value: Json, place: Place) => void;

/** The place of a member of the thing at `place`. */
export function inside(place: Place, member: string | number): Place {
  return { ...place, at: typeof member === 'number' ? `${place.at}[${member}]` : `${place.at}/${member}` };
}

function expect(isRight: boolean, { findings, at }: Place, message: string): boolean {
  if (!isRight) findings.schema(at, message);
  return isRight;
}

export const anything: FieldCheck = () => {};

export const text: FieldCheck = (value, place) => {
  expect(typeof value === 'string', place, 'Expected value of type String');
};

export const truth: FieldCheck = (value, place) => {
  expect(typeof value === 'boolean', place, 'Expected value of type Boolean');
};

export function oneOf(...values: string[]): FieldCheck {
  return (value, place) => {
    expect(typeof value === 'string' && values.includes(value), place, `Expected one of ${values.join(', ')}`);
  };
}

/** An integer in a range or, in JSONata, an expression for one. */
export function integer(least: number, most = 99_999_999): FieldCheck {
  return (value, place) => {
    if (place.language === 'JSONata' && isJsonata(value)) return expression(value, place);
    const isRight = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    expect(isRight, place, `Expected an integer from ${least} to ${most}`);
  };
}

export function atLeast(least: number): FieldCheck {
  return (value, place) => {
    if (place.language === 'JSONata' && isJsonata(value)) return expression(value, place);
    expect(typeof value === 'number' && value >= least, place, `Expected a number of at least ${least}`);
  };
}

/** `$.a[*]`, `$$.Execution.Name`, `$variable`. */
export const path: FieldCheck = (value, place) => {
  if (!expect(typeof value === 'string', place, 'Expected value of type String')) return;
  try {
    parsePath(value as string);
  } catch (error) {
    place.findings.schema(place.at, `Value is not a valid JSONPath. ${(error as Error).message}`);
  }
};

export const pathOrNull: FieldCheck = (value, place) => {
  if (value !== null) path(value, place);
};

/** A path or an intrinsic function, as ErrorPath and CausePath may have. */
export const pathOrIntrinsic: FieldCheck = (value, place) => {
  if (expect(typeof value === 'string', place, 'Expected value of type String')) computed(value, place);
};

export const referencePathOrNull: FieldCheck = (value, place) => {
  if (value === null) return;
  expect(typeof value === 'string' && isReferencePath(value), place, 'Value is not a Reference Path');
};

/** A payload template of JSONPath, or a JSON value with JSONata expressions in it. */
export const template: FieldCheck = (value, place) => {
  if (place.language === 'JSONata') return expressions(value, place);
  for (const member of computedMembers(value, place.at)) computed(member.value, { ...place, at: member.at });
};

export const objectTemplate: FieldCheck = (value, place) => {
  if (expect(isObject(value), place, 'Expected value of type Object')) template(value, place);
};

/** A string or, in JSONata, an expression for one. */
export const textOrExpression: FieldCheck = (value, place) => {
  text(value, place);
  if (place.language === 'JSONata' && isJsonata(value)) expression(value, place);
};

export const timestamp: FieldCheck = (value, place) => {
  if (place.language === 'JSONata' && isJsonata(value)) return expression(value, place);
  const isRight = typeof value === 'string' && parseTimestamp(value) !== undefined;
  expect(isRight, place, 'Expected a timestamp of RFC 3339, such as 2027-01-01T00:00:00Z');
};

export const condition: FieldCheck = (value, place) => {
  if (typeof value === 'boolean') return;
  if (expect(isJsonata(value), place, 'Expected a JSONata expression {% … %}')) expression(value as string, place);
};

function computed(value: Json, place: Place): void {
  if (!expect(typeof value === 'string', place, 'The value for a field ending in .$ must be a String')) return;
  try {
    parseExpression(value as string);
  } catch (error) {
    const { message } = error as Error;
    place.findings.schema(
      place.at,
      `The value for the field must be a valid JSONPath or a valid intrinsic function call. ${message}`,
    );
  }
}

function expressions(value: Json, place: Place) {
  if (isJsonata(value)) return expression(value, place);
  if (Array.isArray(value)) for (const [index, item] of value.entries()) expressions(item, inside(place, index));
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) expressions(item, inside(place, key));
}

function expression(value: string, place: Place): void {
  const problem = jsonataProblem(value);
  if (problem !== undefined) place.findings.schema(place.at, `Value is not a valid JSONata expression. ${problem}`);
}
