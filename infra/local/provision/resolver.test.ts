import { describe, expect, it } from 'vitest';
import { Resolver } from './resolver.ts';
import { resourceOrder } from './resource-order.ts';
import { Template } from './template.ts';

const surroundings = { account: '000000000000', region: 'eu-west-3', stackName: 'Lacustre', parameters: {} };

function resolver(template: object, parameters: Record<string, string> = {}): Resolver {
  return new Resolver(Template.parse({ Resources: {}, ...template }), { ...surroundings, parameters });
}

describe('resolve', () => {
  it.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] }, 'a-000000000000'],
    [{ 'Fn::Sub': 'x-${AWS::Region}-${!literal}' }, 'x-eu-west-3-${literal}'],
    [{ 'Fn::Sub': ['${Name}!', { Name: { Ref: 'AWS::Region' } }] }, 'eu-west-3!'],
    [{ 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    [{ 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    [{ keep: 1, drop: { Ref: 'AWS::NoValue' } }, { keep: 1 }],
    [[1, { Ref: 'AWS::NoValue' }], [1]],
  ])('%j is %j', (value, expected) => expect(resolver({}).resolve(value)).toEqual(expected));

  it('answers Ref and GetAtt of resources that were made before', () => {
    const made = resolver({});
    made.made.set('Bucket', { ref: 'lake-raw', attributes: { Arn: 'arn:aws:s3:::lake-raw' } });
    expect(
      made.resolve([{ Ref: 'Bucket' }, { 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': '${Bucket.Arn}/*' }]),
    ).toEqual(['lake-raw', 'arn:aws:s3:::lake-raw', 'arn:aws:s3:::lake-raw/*']);
  });

  it('takes conditions and parameters, lists among them', () => {
    const template = {
      Parameters: { Origins: { Type: 'CommaDelimitedList', Default: 'a, b' }, Stage: { Type: 'String' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const made = resolver(template, { Stage: 'prod' });
    expect(made.resolve({ 'Fn::If': ['IsProd', { Ref: 'Origins' }, 'no'] })).toEqual(['a', 'b']);
  });

  it('names a parameter without a value', () => {
    expect(() => resolver({ Parameters: { Stage: { Type: 'String' } } })).toThrow(/parameter Stage has no default/);
  });

  it('names a reference to nothing', () => {
    expect(() => resolver({}).resolve({ Ref: 'Nowhere' })).toThrow(/refers to Nowhere/);
    expect(() => resolver({}).resolve({ 'Fn::GetAtt': ['Nowhere', 'Arn'] })).toThrow(/asks for Nowhere.Arn/);
  });
});

describe('resourceOrder', () => {
  const template = (resources: Record<string, object>) =>
    Template.parse({
      Resources: Object.fromEntries(Object.entries(resources).map(([id, rest]) => [id, { Type: 'T', ...rest }])),
    });

  it('puts what is referred to first, however it is', () => {
    const order = resourceOrder(
      template({
        D: { DependsOn: 'C' },
        C: { Properties: { x: { 'Fn::Sub': '${B.Arn}' } } },
        B: { Properties: { x: [{ 'Fn::GetAtt': ['A', 'Arn'] }] } },
        A: {},
      }),
    );
    expect(order).toEqual(['A', 'B', 'C', 'D']);
  });

  it('refuses a circle and names it', () => {
    const circle = template({ A: { DependsOn: 'B' }, B: { DependsOn: ['A'] } });
    expect(() => resourceOrder(circle)).toThrow('A → B → A');
  });
});
