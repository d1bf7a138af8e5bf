import { expect, it } from 'vitest';
import { parseDefinition } from './parse-definition.ts';
import { parseResource, resourceLabels } from './resource.ts';
import { stateGraph } from './state-graph.ts';

it('draws states, ways and what they depend on', () => {
  const { definition } = parseDefinition(
    JSON.stringify({
      StartAt: 'Validate',
      States: {
        Validate: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Catch: [{ ErrorEquals: ['States.TaskFailed', 'States.Timeout'], Next: 'Failed' }],
          Next: 'Verdict',
        },
        Verdict: {
          Type: 'Choice',
          Choices: [
            {
              Or: [
                { Variable: '$.status', StringEquals: 'accepted' },
                { Variable: '$.n', IsPresent: false },
              ],
              Next: 'Each',
            },
            { Variable: '$.n', NumericGreaterThanEquals: 3, Next: 'Failed' },
          ],
          Default: 'Done',
        },
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
          Next: 'Done',
        },
        Done: { Type: 'Succeed' },
        Failed: { Type: 'Fail' },
      },
    }),
  );
  expect(definition && stateGraph(definition)).toEqual({
    nodes: [
      { id: 'Validate', type: 'Task', resource: 'arn:aws:states:::lambda:invoke', isStart: true },
      { id: 'Verdict', type: 'Choice' },
      { id: 'Each', type: 'Map' },
      { id: 'One', type: 'Pass', parent: 'Each', branch: 0, isStart: true, isEnd: true },
      { id: 'Done', type: 'Succeed', isEnd: true },
      { id: 'Failed', type: 'Fail', isEnd: true },
    ],
    edges: [
      { from: 'Validate', to: 'Verdict', kind: 'next' },
      { from: 'Validate', to: 'Failed', kind: 'catch', label: 'States.TaskFailed, States.Timeout' },
      { from: 'Verdict', to: 'Each', kind: 'choice', label: '$.status == "accepted" or $.n is not present' },
      { from: 'Verdict', to: 'Failed', kind: 'choice', label: '$.n >= 3' },
      { from: 'Verdict', to: 'Done', kind: 'default' },
      { from: 'Each', to: 'Done', kind: 'next' },
    ],
  });
});

it.each([
  [
    'arn:aws:lambda:eu-west-3:000000000000:function:f',
    { type: 'function', functionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:f' },
  ],
  [
    'arn:aws:states:::glue:startJobRun.sync',
    { type: 'service', service: 'glue', action: 'startJobRun', pattern: 'sync' },
  ],
  ['arn:aws:states:::aws-sdk:glue:getTable', { type: 'sdk', service: 'glue', action: 'getTable', pattern: 'request' }],
  [
    'arn:aws:states:::sns:publish.waitForTaskToken',
    { type: 'service', service: 'sns', action: 'publish', pattern: 'waitForTaskToken' },
  ],
  ['arn:aws:s3:::bucket', undefined],
  ['arn:aws:states:::glue', undefined],
  ['glue', undefined],
])('reads the resource %s', (arn, expected) => {
  expect(parseResource(arn)).toEqual(expected);
});

it('labels resources as history events do', () => {
  const resource = parseResource('arn:aws:states:::aws-sdk:dynamodb:putItem');
  expect(resource && resourceLabels(resource)).toEqual({ resource: 'putItem', resourceType: 'aws-sdk:dynamodb' });
});
