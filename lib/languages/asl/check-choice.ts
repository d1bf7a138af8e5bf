import {
  condition,
  type FieldCheck,
  inside,
  objectTemplate,
  type Place,
  path,
  template,
  text,
} from './check-fields.ts';
import { COMPARISONS, PRESENCE_TESTS } from './choice-rule.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parseTimestamp } from './timestamp.ts';

export const choices: FieldCheck = (value, place) => {
  if (!Array.isArray(value) || value.length === 0) {
    place.findings.schema(place.at, 'Expected a non-empty array of choice rules');
    return;
  }
  for (const [index, rule] of value.entries()) topRule(rule, inside(place, index));
};

function topRule(rule: Json, place: Place) {
  if (!isObject(rule)) return place.findings.schema(place.at, 'Expected value of type Object');
  const { Next, Comment, Assign, Output, ...test } = rule;
  if (Next === undefined) place.findings.schema(place.at, 'These fields are required: [Next]');
  else text(Next, inside(place, 'Next'));
  if (Comment !== undefined) text(Comment, inside(place, 'Comment'));
  if (Assign !== undefined) objectTemplate(Assign, inside(place, 'Assign'));
  if (Output !== undefined) template(Output, inside(place, 'Output'));
  if (place.language === 'JSONata') conditionOnly(test, place);
  else ruleTest(test, place);
}

function conditionOnly(test: JsonObject, place: Place): void {
  const { Condition, ...others } = test;
  if (Condition === undefined) place.findings.schema(place.at, 'These fields are required: [Condition]');
  else condition(Condition, inside(place, 'Condition'));
  for (const key of Object.keys(others)) {
    place.findings.schema(`${place.at}/${key}`, 'Field is not supported when QueryLanguage is JSONata');
  }
}

function ruleTest(test: Json, place: Place) {
  if (!isObject(test)) return place.findings.schema(place.at, 'Expected value of type Object');
  if ('Condition' in test) {
    return place.findings.schema(`${place.at}/Condition`, 'Field is not supported when QueryLanguage is JSONPath');
  }
  const keys = Object.keys(test).filter((key) => key !== 'Variable' && key !== 'Comment');
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    return place.findings.schema(
      place.at,
      `Expected exactly one comparison, And, Or or Not, but found ${keys.length ? keys.join(', ') : 'none'}`,
    );
  }
  combinationOrComparison(test, key, place);
}

function combinationOrComparison(test: JsonObject, key: string, place: Place) {
  const value = test[key] as Json;
  const at = inside(place, key);
  if (key === 'Not') return innerRule(value, at);
  if (key === 'And' || key === 'Or') {
    if (!Array.isArray(value) || value.length === 0)
      return at.findings.schema(at.at, 'Expected a non-empty array of choice rules');
    for (const [index, inner] of value.entries()) innerRule(inner, inside(at, index));
    return;
  }
  if (test.Variable === undefined) place.findings.schema(place.at, 'These fields are required: [Variable]');
  else path(test.Variable, inside(place, 'Variable'));
  comparison(key, value, at);
}

function innerRule(rule: Json, place: Place): void {
  if (isObject(rule) && 'Next' in rule)
    place.findings.schema(`${place.at}/Next`, 'Next is only allowed in a top-level choice rule');
  else ruleTest(rule, place);
}

function comparison(name: string, value: Json, place: Place) {
  if (PRESENCE_TESTS.includes(name)) return expectType(typeof value === 'boolean', 'Boolean', place);
  if (name === 'StringMatches') return expectType(typeof value === 'string', 'String', place);
  const known = COMPARISONS.get(name);
  if (!known) return place.findings.schema(place.at, 'Field is not supported');
  if (known.isPath) return path(value, place);
  if (known.operand === 'timestamp') {
    return expectType(typeof value === 'string' && parseTimestamp(value) !== undefined, 'Timestamp', place);
  }
  expectType(typeof value === known.operand, known.operand, place);
}

function expectType(isRight: boolean, type: string, place: Place): void {
  if (!isRight)
    place.findings.schema(place.at, `Expected value of type ${type.charAt(0).toUpperCase()}${type.slice(1)}`);
}
