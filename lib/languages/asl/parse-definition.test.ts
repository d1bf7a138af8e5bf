import { describe, expect, it } from 'vitest';
import { describeDiagnostics } from './diagnostic.ts';
import { parseDefinition } from './parse-definition.ts';

const pass = { Type: 'Pass', End: true };

function findings(definition: unknown): string[] {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  return parseDefinition(text).diagnostics.map(({ message, location }) => `${location}: ${message}`);
}

function inState(state: object): string[] {
  return findings({ StartAt: 'A', States: { A: state, Z: { Type: 'Succeed' } } }).filter(
    (line) => !line.includes('not reachable'),
  );
}

describe('refuses, with the place', () => {
  it.each<[string, unknown, string]>([
    ['text that is not JSON', '{"StartAt": ', ': Unexpected end of JSON input'],
    ['a list', [], ': The definition must be a JSON object'],
    ['no states', { StartAt: 'A', States: {} }, '/States: Expected a non-empty object of states'],
    ['no start', { States: { A: pass } }, ': These fields are required: [StartAt]'],
    ['a start that is not there', { StartAt: 'B', States: { A: pass } }, "/StartAt: Missing 'StartAt' target: B"],
    ['a field of no meaning', { StartAt: 'A', States: { A: pass }, Sates: 1 }, '/Sates: Field is not supported'],
    [
      'a state that nothing leads to',
      { StartAt: 'A', States: { A: pass, B: pass } },
      '/States/B: State "B" is not reachable.',
    ],
    [
      'a loop without an end',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } },
      '/States: No terminal state was found: one state must have End, or be of type Succeed or Fail',
    ],
    [
      'a timeout below 1',
      { StartAt: 'A', States: { A: pass }, TimeoutSeconds: 0 },
      '/TimeoutSeconds: Expected an integer from 1 to 99999999',
    ],
  ])('%s', (_, definition, expected) => {
    expect(findings(definition)).toContain(expected);
  });

  it.each<[string, object, string]>([
    [
      'a type that is not there',
      { Type: 'Taks' },
      '/States/A/Type: Expected one of Task, Pass, Choice, Wait, Parallel, Map, Succeed, Fail',
    ],
    ['neither Next nor End', { Type: 'Pass' }, '/States/A: Exactly one of [Next, End] must be given'],
    ['a Task without Resource', { Type: 'Task', End: true }, '/States/A: These fields are required: [Resource]'],
    [
      'a Resource that is no ARN',
      { Type: 'Task', Resource: 'validate', End: true },
      "/States/A/Resource: The resource provided 'validate' is not recognized. The value is not a valid resource ARN",
    ],
    [
      'a Wait for nothing',
      { Type: 'Wait', End: true },
      '/States/A: Exactly one of [Seconds, SecondsPath, Timestamp, TimestampPath] must be given',
    ],
    ['a field of another state', { Type: 'Pass', End: true, Retry: [] }, '/States/A/Retry: Field is not supported'],
    [
      'a path with an open bracket',
      { Type: 'Pass', End: true, InputPath: '$.a[' },
      "/States/A/InputPath: Value is not a valid JSONPath. An index or a quoted name is missing at character 5 of '$.a['",
    ],
    [
      'a ResultPath to many places',
      { Type: 'Pass', End: true, ResultPath: '$.a[*]' },
      '/States/A/ResultPath: Value is not a Reference Path',
    ],
    [
      'a function that is not there',
      { Type: 'Pass', End: true, Parameters: { 'a.$': 'States.Nope()' } },
      "/States/A/Parameters/a.$: The value for the field must be a valid JSONPath or a valid intrinsic function call. There is no function States.Nope; at character 13 of 'States.Nope()'",
    ],
    [
      'JSONata in a JSONPath state',
      { Type: 'Pass', End: true, Output: 1 },
      '/States/A/Output: Field is not supported when QueryLanguage is JSONPath',
    ],
    [
      'broken JSONata',
      { Type: 'Pass', QueryLanguage: 'JSONata', End: true, Output: { a: '{% 1 + %}' } },
      '/States/A/Output/a: Value is not a valid JSONata expression. Unexpected end of expression (at character 3)',
    ],
    [
      'a retrier without errors',
      { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, Retry: [{}] },
      '/States/A/Retry[0]: These fields are required: [ErrorEquals]',
    ],
    [
      'States.ALL before others',
      {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        End: true,
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Z' },
          { ErrorEquals: ['X'], Next: 'Z' },
        ],
      },
      '/States/A/Catch[0]/ErrorEquals: States.ALL can only appear in the last element of the list',
    ],
    [
      'a catch to nowhere',
      {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        End: true,
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Y' }],
      },
      "/States/A/Catch[0]/Next: Missing 'Next' target: Y",
    ],
    [
      'two comparisons in a rule',
      { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, IsString: true, Next: 'Z' }] },
      '/States/A/Choices[0]: Expected exactly one comparison, And, Or or Not, but found IsNull, IsString',
    ],
    [
      'a comparison with the wrong type',
      { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: '1', Next: 'Z' }] },
      '/States/A/Choices[0]/NumericEquals: Expected value of type Number',
    ],
    [
      'a bad state in a branch',
      { Type: 'Parallel', End: true, Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass' } } }] },
      '/States/A/Branches[0]/States/B: Exactly one of [Next, End] must be given',
    ],
  ])('%s', (_, state, expected) => {
    expect(inState(state)).toContain(expected);
  });

  it('joins all errors as InvalidDefinition does', () => {
    const { diagnostics, definition } = parseDefinition('{"StartAt":"B","States":{"A":{"Type":"Pass","End":true}}}');
    expect(definition).toBeUndefined();
    expect(describeDiagnostics(diagnostics)).toMatch(
      /^Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'StartAt' target: B at \/StartAt, MISSING_TRANSITION_TARGET: State "A"/,
    );
  });
});

it('takes a machine with every type of state', () => {
  const definition = {
    StartAt: 'Task',
    States: {
      Task: {
        Type: 'Task',
        Resource: 'arn:aws:states:::glue:startJobRun.sync',
        Parameters: { JobName: 'j', Arguments: { '--a.$': "States.Format('{}', $.a)" } },
        Retry: [
          { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 0, BackoffRate: 1.5, JitterStrategy: 'FULL' },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Fail' }],
        Next: 'Choice',
      },
      Choice: {
        Type: 'Choice',
        Choices: [{ Not: { Variable: '$.a', StringMatches: 'x*' }, Next: 'Wait' }],
        Default: 'Map',
      },
      Wait: { Type: 'Wait', SecondsPath: '$.s', Next: 'Map' },
      Map: {
        Type: 'Map',
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
        Next: 'Parallel',
      },
      Parallel: { Type: 'Parallel', Branches: [{ StartAt: 'P', States: { P: { Type: 'Succeed' } } }], Next: 'Jsonata' },
      Jsonata: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input %}', Next: 'Done' },
      Done: { Type: 'Succeed' },
      Fail: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: 'States.JsonToString($.failure)' },
    },
  };
  expect(findings(definition)).toEqual([]);
});
