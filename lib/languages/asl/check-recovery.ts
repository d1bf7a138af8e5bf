import {
  atLeast,
  type FieldCheck,
  inside,
  integer,
  objectTemplate,
  oneOf,
  type Place,
  referencePathOrNull,
  template,
  text,
} from './check-fields.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

const RETRIER: Record<string, FieldCheck> = {
  ErrorEquals: errorNames,
  IntervalSeconds: integer(1),
  MaxAttempts: integer(0),
  BackoffRate: atLeast(1),
  MaxDelaySeconds: integer(1, 31_622_400),
  JitterStrategy: oneOf('FULL', 'NONE'),
  Comment: text,
};

const CATCHER: Record<string, FieldCheck> = {
  ErrorEquals: errorNames,
  Next: text,
  ResultPath: referencePathOrNull,
  Assign: objectTemplate,
  Output: template,
  Comment: text,
};

export const retriers: FieldCheck = (value, place) => {
  for (const [retrier, at] of items(value, place, RETRIER)) {
    const { MaxDelaySeconds: most, IntervalSeconds: first = 1 } = retrier;
    if (typeof most === 'number' && typeof first === 'number' && most <= first) {
      at.findings.schema(`${at.at}/MaxDelaySeconds`, 'MaxDelaySeconds must be greater than IntervalSeconds');
    }
  }
};

export const catchers: FieldCheck = (value, place) => {
  for (const [catcher, at] of items(value, place, CATCHER)) {
    if (catcher.Next === undefined) at.findings.schema(at.at, 'These fields are required: [Next]');
    if (catcher.ResultPath !== undefined && at.language === 'JSONata') {
      at.findings.schema(`${at.at}/ResultPath`, 'Field is not supported when QueryLanguage is JSONata');
    }
  }
};

/** Checks each member of the list, and that `States.ALL` comes last, as nothing after it could match. */
function items(value: Json, place: Place, fields: Record<string, FieldCheck>): [JsonObject, Place][] {
  if (!Array.isArray(value)) {
    place.findings.schema(place.at, 'Expected value of type Array');
    return [];
  }
  return value.flatMap((item, index): [JsonObject, Place][] => {
    const at = inside(place, index);
    if (!isObject(item)) {
      at.findings.schema(at.at, 'Expected value of type Object');
      return [];
    }
    checkMembers(item, at, fields);
    if (isCatchAll(item) && index < value.length - 1) {
      at.findings.schema(`${at.at}/ErrorEquals`, 'States.ALL can only appear in the last element of the list');
    }
    return [[item, at]];
  });
}

function checkMembers(item: JsonObject, at: Place, fields: Record<string, FieldCheck>): void {
  if (item.ErrorEquals === undefined) at.findings.schema(at.at, 'These fields are required: [ErrorEquals]');
  for (const [key, value] of Object.entries(item)) {
    const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (check) check(value, inside(at, key));
    else at.findings.schema(`${at.at}/${key}`, 'Field is not supported');
  }
}

function errorNames(value: Json, place: Place): void {
  const isRight = Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
  if (!isRight) place.findings.schema(place.at, 'Expected a non-empty array of Strings');
  else if (value.includes('States.ALL') && value.length > 1)
    place.findings.schema(place.at, 'States.ALL must appear alone');
}

function isCatchAll(item: JsonObject): boolean {
  return Array.isArray(item.ErrorEquals) && item.ErrorEquals.includes('States.ALL');
}
