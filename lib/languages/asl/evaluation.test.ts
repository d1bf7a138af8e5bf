import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { matchesChoice, matchesWildcards } from './choice-rule.ts';
import { DataFlow } from './data-flow.ts';
import type { ChoiceRule, State } from './definition.ts';
import type { Json, JsonObject } from './json.ts';
import { compute, fillTemplate } from './payload-template.ts';
import { matchesError, RetryCounter } from './recovery.ts';
import { putAtPath } from './reference-path.ts';
import type { Scope } from './scope.ts';

function scope(input: Json, more: Partial<Scope> = {}): Scope {
  return {
    input,
    context: { Execution: { Name: 'run' } },
    variables: {},
    effects: {
      random: () => 0.5,
      uuid: () => '00000000-0000-4000-8000-000000000000',
      hash: (text, algorithm) => createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex'),
    },
    ...more,
  };
}

describe('intrinsic functions', () => {
  const input = { name: "O'Neil", n: 3, list: [1, 2, 2, 3, 4], json: '{"a":[1]}', object: { a: 1 }, text: 'a,b;c' };
  it.each<[string, Json]>([
    ["States.Format('Hi {}, {} \\{\\} it\\'s', $.name, $.n)", "Hi O'Neil, 3 {} it's"],
    ['States.StringToJson($.json)', { a: [1] }],
    ['States.JsonToString($.object)', '{"a":1}'],
    ["States.Array(1, 'a', null, true, $.n)", [1, 'a', null, true, 3]],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [2, 3], [4]]],
    ['States.ArrayContains($.list, 3)', true],
    ['States.ArrayRange(1, 9, 3)', [1, 4, 7]],
    ['States.ArrayGetItem($.list, 4)', 4],
    ['States.ArrayLength($.list[?(@ > 1)])', 4],
    ['States.ArrayUnique($.list)', [1, 2, 3, 4]],
    ["States.Base64Encode('é')", 'w6k='],
    ["States.Base64Decode('w6k=')", 'é'],
    ["States.Hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['States.JsonMerge($.object, States.StringToJson($.json), false)', { a: [1] }],
    ['States.MathAdd($.n, -4)', -1],
    ['States.MathRandom(1, 3)', 2],
    ["States.StringSplit($.text, ',;')", ['a', 'b', 'c']],
    ['States.UUID()', '00000000-0000-4000-8000-000000000000'],
    ["States.Format('{}', States.ArrayGetItem(States.StringSplit($.text, ','), 0))", 'a'],
    ['$$.Execution.Name', 'run'],
  ])('%s', (text, expected) => {
    expect(compute(text, scope(input), 'x.$')).toEqual(expected);
  });

  it('names the function that failed', () => {
    expect(() => compute('States.ArrayGetItem($.list, 9)', scope(input), 'x.$')).toThrowError(
      "The function 'States.ArrayGetItem($.list, 9)' had the following error: the array has no item 9",
    );
  });

  it('names the path and the field that found nothing', () => {
    expect(() => fillTemplate({ 'x.$': '$.nope' }, scope({ a: 1 }))).toThrowError(
      `The JSONPath '$.nope' specified for the field 'x.$' could not be found in the input '{"a":1}'`,
    );
  });
});

describe('choice rules', () => {
  const input = { s: 'sales/a.csv', n: 5, b: true, t: '2026-01-02T00:00:00Z', z: null, other: 7 };
  it.each<[ChoiceRule, boolean]>([
    [{ Variable: '$.s', StringMatches: 'sales/*.csv' }, true],
    [{ Variable: '$.s', StringMatches: 'sales\\*' }, false],
    [{ Variable: '$.s', StringEquals: 'sales' }, false],
    [{ Variable: '$.n', NumericLessThanPath: '$.other' }, true],
    [{ Variable: '$.n', StringEquals: '5' }, false],
    [{ Variable: '$.b', BooleanEquals: true }, true],
    [{ Variable: '$.t', TimestampGreaterThan: '2026-01-01T23:59:59Z' }, true],
    [{ Variable: '$.z', IsNull: true }, true],
    [{ Variable: '$.nope', IsPresent: false }, true],
    [{ Variable: '$.s', IsTimestamp: false }, true],
    [{ And: [{ Variable: '$.b', BooleanEquals: true }, { Not: { Variable: '$.n', NumericEquals: 5 } }] }, false],
    [
      {
        Or: [
          { Variable: '$.n', NumericEquals: 1 },
          { Variable: '$.n', NumericGreaterThanEquals: 5 },
        ],
      },
      true,
    ],
  ])('%j', (rule, expected) => {
    expect(matchesChoice(rule, scope(input))).toBe(expected);
  });

  it('fails on a variable that is not there', () => {
    expect(() => matchesChoice({ Variable: '$.nope', StringEquals: 'x' }, scope(input))).toThrowError(
      "Invalid path '$.nope': The choice state's condition path references an invalid value.",
    );
  });

  it('matches wildcards in linear time', () => {
    expect(matchesWildcards('aXbXc', 'a*b*c')).toBe(true);
    expect(matchesWildcards('ab', 'a*b*b')).toBe(false);
    const start = performance.now();
    expect(matchesWildcards('a'.repeat(50_000), `${'a*'.repeat(50)}b`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('data through a state', () => {
  async function through(
    state: object,
    input: Json,
    result?: Json,
  ): Promise<{ args: Json; output: Json; assigned?: JsonObject }> {
    const typed = { Type: 'Task', Resource: 'arn:x', ...state } as State & { QueryLanguage?: 'JSONata' };
    const flow = new DataFlow(typed, typed.QueryLanguage ?? 'JSONPath', scope(input));
    const args = await flow.arguments(typed as { Parameters?: Json });
    return { args, ...(await flow.output(typed as object, result ?? args)) };
  }

  it('applies the paths in their order', async () => {
    const state = {
      InputPath: '$.in',
      Parameters: { 'a.$': '$.a', b: 2 },
      ResultSelector: { 'r.$': '$.b' },
      ResultPath: '$.out.result',
      OutputPath: '$.out',
      Assign: { 'kept.$': '$.r' },
    };
    expect(await through(state, { in: { a: 1 }, out: { x: 0 } })).toEqual({
      args: { a: 1, b: 2 },
      output: { x: 0, result: { r: 2 } },
      assigned: { kept: 2 },
    });
  });

  it('discards a result at a null ResultPath', async () => {
    expect((await through({ ResultPath: null }, { a: 1 }, { b: 2 })).output).toEqual({ a: 1 });
  });

  it('speaks JSONata', async () => {
    const state = {
      QueryLanguage: 'JSONata',
      Arguments: { total: '{% $sum($states.input.list) %}' },
      Output: { doubled: '{% $states.result.total * 2 %}', name: '{% $states.context.Execution.Name %}' },
      Assign: { parts: '{% $partition($states.input.list, 2) %}' },
    };
    expect(await through(state, { list: [1, 2, 3] })).toEqual({
      args: { total: 6 },
      output: { doubled: 12, name: 'run' },
      assigned: { parts: [[1, 2], [3]] },
    });
  });

  it('fails on JSONata without a value, naming the field', async () => {
    await expect(through({ QueryLanguage: 'JSONata', Arguments: { a: '{% $nope %}' } }, {})).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: "The JSONata expression '$nope' specified for the field 'Arguments/a' returned nothing (undefined).",
    });
  });

  it('stops JSONata that never ends', async () => {
    await expect(
      through({ QueryLanguage: 'JSONata', Arguments: '{% ($f := function(){ $f() }; $f()) %}' }, {}),
    ).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });

  it('puts values only where a path can lead', () => {
    expect(putAtPath({ list: [{ a: 1 }, 2] }, '$.list[0].b', 3)).toEqual({ list: [{ a: 1, b: 3 }, 2] });
    expect(() => putAtPath({ a: 'text' }, '$.a.b', 1)).toThrowError('Unable to apply ReferencePath $.a.b');
    expect(JSON.stringify(putAtPath({}, '$.__proto__.x', 1))).toBe('{"__proto__":{"x":1}}');
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('retry and catch', () => {
  it('does not let wildcards catch what ends an execution', () => {
    expect(matchesError(['States.ALL'], 'MyError')).toBe(true);
    expect(matchesError(['States.ALL'], 'States.Runtime')).toBe(false);
    expect(matchesError(['States.TaskFailed'], 'States.Timeout')).toBe(false);
    expect(matchesError(['States.TaskFailed'], 'Lambda.Unknown')).toBe(true);
  });

  it('grows the delay up to its bound and gives up', () => {
    const counter = new RetryCounter([
      { ErrorEquals: ['E'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 },
    ]);
    expect([1, 2, 3, 4].map(() => counter.next('E', Math.random))).toEqual([2000, 6000, 10_000, undefined]);
    expect(counter.next('Other', Math.random)).toBeUndefined();
  });

  it('spreads the delay with full jitter', () => {
    const counter = new RetryCounter([{ ErrorEquals: ['E'], JitterStrategy: 'FULL' }]);
    expect(counter.next('E', () => 0.25)).toBe(250);
  });
});
