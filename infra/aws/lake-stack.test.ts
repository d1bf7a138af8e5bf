import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { people } from './access/people-roles.ts';
import { LakeStack } from './lake-stack.ts';
import { zones } from './names.ts';

let template: Template;

beforeAll(() => {
  const app = new App();
  const stack = new LakeStack(app, 'Lacustre');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  // Throws where cdk-nag has a finding that nobody gave a reason for.
  app.synth();
  template = Template.fromStack(stack);
});

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  Sid?: string;
}

function statements(): Statement[] {
  const policies = [...resources('AWS::IAM::Policy'), ...resources('AWS::IAM::ManagedPolicy')];
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
}

function resources(type: string) {
  return Object.values(template.findResources(type));
}

it('takes its settings by the names that the README gives', () => {
  const { BootstrapVersion: _ofCdk, ...parameters } = template.toJSON().Parameters;
  expect(Object.keys(parameters).sort()).toEqual([
    'ConsoleOrigins',
    'OpenLineageApiKey',
    'OpenLineageUrl',
    'ReportLanguage',
  ]);
});

it('lets each rule that goes to a function invoke it', () => {
  const rules = resources('AWS::Events::Rule').flatMap(
    ({ Properties }) => Properties.Targets as { RoleArn?: unknown }[],
  );
  const toFunctions = rules.filter(({ RoleArn }) => RoleArn === undefined);
  template.resourceCountIs('AWS::Lambda::Permission', toFunctions.length);
  expect(toFunctions).toHaveLength(3);
});

describe('zones', () => {
  it('are versioned, encrypted, closed to the public and kept when the stack goes', () => {
    template.resourceCountIs('AWS::S3::Bucket', zones.length + 1);
    template.allResourcesProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    template.resourcePropertiesCountIs(
      'AWS::S3::Bucket',
      { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
      zones.length,
    );
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('are recorded object by object, by a trail whose files prove themselves and tell of all regions', () => {
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      TrailName: 'lacustre',
      IsLogging: true,
      EnableLogFileValidation: true,
      IsMultiRegionTrail: true,
    });
    const [trail] = resources('AWS::CloudTrail::Trail');
    const selectors = trail?.Properties.AdvancedEventSelectors as { FieldSelectors: { StartsWith?: unknown[] }[] }[];
    const [, objects, functions] = selectors.map(({ FieldSelectors }) => FieldSelectors.at(-1)?.StartsWith);
    expect(objects).toHaveLength(zones.length + 1);
    expect(JSON.stringify(objects)).not.toMatch(/Trail/);
    // Where the job's script and graphs are.
    expect(JSON.stringify(objects?.at(-1))).toMatch(/:s3:::",{"Fn::Sub":"cdk-\w+-assets-[^"]+"},"\/"/);
    expect(JSON.stringify(functions)).toMatch(/function:lacustre-/);
  });

  it('keep the trail for some four hundred days, in a bucket that only its own trail may write', () => {
    const [id] = Object.keys(template.findResources('AWS::S3::Bucket')).filter((name) => /^Trail/.test(name));
    const policies = resources('AWS::S3::BucketPolicy').filter(({ Properties }) => Properties.Bucket.Ref === id);
    const [{ Properties } = { Properties: {} }] = policies;
    const allowing = Properties.PolicyDocument.Statement.filter(({ Effect }: Statement) => Effect === 'Allow');
    expect(allowing).toEqual(
      ['s3:GetBucketAcl', 's3:PutObject'].map((Action) =>
        expect.objectContaining({
          Action,
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Condition: {
            StringEquals: expect.objectContaining({
              'aws:SourceArn': expect.anything(),
              'aws:SourceAccount': { Ref: 'AWS::AccountId' },
            }),
          },
        }),
      ),
    );
    const rules = template.findResources('AWS::S3::Bucket')[id ?? '']?.Properties.LifecycleConfiguration.Rules;
    expect(rules).toContainEqual(expect.objectContaining({ ExpirationInDays: 400 }));
  });

  it('keep every version, but copies made for queries of the past a week, and rows that wait a month', () => {
    const rules = Object.entries(template.findResources('AWS::S3::Bucket'))
      .filter(([id]) => !/^Trail/.test(id))
      .flatMap(([, { Properties }]) => Properties.LifecycleConfiguration.Rules);
    const expiring = rules.filter((rule) => rule.ExpirationInDays ?? rule.NoncurrentVersionExpiration);
    expect(expiring).toEqual([
      expect.objectContaining({ Prefix: '_lake/staged/', ExpirationInDays: 30, Status: 'Enabled' }),
      expect.objectContaining({ Prefix: 'versions/', ExpirationInDays: 7, Status: 'Enabled' }),
    ]);
  });

  it('refuse requests without TLS', () => {
    template.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });
});

describe('permissions', () => {
  it('name every action: none has a wildcard', () => {
    const actions = statements().flatMap(({ Action }) => Action);
    expect(actions.length).toBeGreaterThan(50);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('are never given on every resource, but what AWS knows no resource of', () => {
    const open = statements().filter(
      ({ Resource }) => Resource === '*' || (Array.isArray(Resource) && Resource.includes('*')),
    );
    expect(open.map(({ Sid, Action }) => [Sid, Action]).sort()).toEqual([
      ['ListRoles', 'iam:ListRoles'],
      ['SeeTrailKeys', 'cloudtrail:ListPublicKeys'],
    ]);
  });

  it('let only the administrator read the trail, and nobody of the lake write or delete its files', () => {
    const able = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
      .flatMap((type) => Object.entries(template.findResources(type)))
      .filter(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument).includes('TrailBucket'));
    expect(able).not.toEqual([]);
    for (const [id] of able) expect(id).toMatch(/administrator/);
    const onTrail = statements().filter(({ Resource }) => JSON.stringify(Resource).includes('TrailBucket'));
    expect(onTrail.flatMap(({ Action }) => Action).filter((action) => !/:(Get|List)/.test(action))).toEqual([]);
  });

  it('come from no policy that AWS may change', () => {
    for (const { Properties } of resources('AWS::IAM::Role')) expect(Properties.ManagedPolicyArns).toBeUndefined();
  });

  it('let only the administrator delete versions for good, beside quarantine', () => {
    const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
      Object.entries(template.findResources(type)),
    );
    const able = policies.filter(([, { Properties }]) =>
      JSON.stringify(Properties.PolicyDocument).includes('s3:DeleteObjectVersion'),
    );
    const names = able.map(([id]) => id).join(' ');
    expect(able).toHaveLength(2);
    expect(names).toMatch(/administrator/);
    expect(names).toMatch(/Quarantine/);
  });

  it('let everybody leave the end of the audit trail in the lake, and not even administrators delete it', () => {
    const leaving = statements().filter(({ Sid }) => Sid === 'AnchorAudit');
    expect(leaving).toHaveLength(people.length);
    for (const { Action, Resource } of leaving) {
      expect(Action).toBe('s3:PutObject');
      expect(JSON.stringify(Resource)).toContain('audit/console/*');
    }
    const kept = statements().filter(({ Sid }) => Sid === 'KeepAuditAnchors');
    expect(kept).toMatchObject([{ Effect: 'Deny', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] }]);
  });

  it('let analysts and up, and nobody else of the four, make tables of the past, there and nowhere else', () => {
    const making = statements().filter(({ Sid }) => Sid === 'PastTables' || Sid === 'PastTableDataWrite');
    expect(making).toHaveLength(2 * (people.length - 1));
    for (const { Sid, Resource } of making) {
      const text = JSON.stringify(Resource);
      expect(text).toMatch(Sid === 'PastTables' ? /table\/retail_versions\/\*/ : /versions\/\*/);
      expect(text).not.toMatch(/retail\/|athena\//);
    }
    const [viewer] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => /viewer/.test(id));
    expect(JSON.stringify(viewer)).not.toMatch(/retail_versions/);
  });

  it('let engineers and up change rules, analysts and up ask for an evaluation, everybody read them', () => {
    const holders = (sid: string) => statements().filter(({ Sid }) => Sid === sid).length;
    expect(['SeeRules', 'CheckQuality', 'SeeStagedRows', 'ChangeRules'].map(holders)).toEqual([4, 3, 3, 2]);
  });

  it('keep what the function of quality makes in the catalog to the database of staged rows', () => {
    const making = statements().filter(({ Sid }) => Sid === 'StagedTables' || Sid === 'ForgetStagedRows');
    expect(making).toHaveLength(2);
    for (const { Resource } of making) expect(JSON.stringify(Resource)).not.toMatch(/retail\/|retail_versions/);
  });

  it('are read by whom they are of, in managed policies too, since those are named after their role', () => {
    const names = resources('AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties.ManagedPolicyName as string);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^lacustre-[a-z]+-overflow-policy-\d$/);
    expect(statements().filter(({ Sid }) => Sid === 'SeeOwnPolicies')).toHaveLength(people.length);
  });

  it('say in every role what it is for, in the letters that IAM takes', () => {
    for (const { Properties } of resources('AWS::IAM::Role')) {
      expect(Properties.Description, Properties.RoleName).toMatch(/^[\t\n\r\x20-\x7e\xa1-\xff]{10,1000}$/);
    }
  });

  it('give each kind of person a role', () => {
    for (const person of people) template.hasResourceProperties('AWS::IAM::Role', { RoleName: `lacustre-${person}` });
  });
});

describe('the quality report', () => {
  it('is made each Monday by a function that reads evaluations and writes reports, nothing else of the lake', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Name: 'lacustre-weekly-report',
      ScheduleExpression: 'cron(0 6 ? * MON *)',
    });
    const written = statements().filter(({ Sid }) => Sid === 'QualityReportsWrite');
    expect(written).toHaveLength(1);
    expect(JSON.stringify(written[0]?.Resource)).toMatch(/quality\/reports\/\*/);
  });
});

describe('pipeline', () => {
  it('starts for new and for deleted files of the raw zone', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        $or: Match.arrayWith([Match.objectLike({ 'detail-type': ['Object Created'] })]),
      },
    });
  });

  it('retries and catches in every task', () => {
    const [machine] = resources('AWS::StepFunctions::StateMachine');
    const definition = JSON.parse(machine?.Properties.DefinitionString) as {
      States: Record<string, { Type: string; Retry?: unknown[]; Catch?: unknown[] }>;
    };
    const tasks = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
    expect(tasks.length).toBeGreaterThanOrEqual(4);
    for (const [name, { Retry = [], Catch = [] }] of tasks) {
      expect(Retry, `${name} retries`).not.toHaveLength(0);
      expect(Catch, `${name} catches`).not.toHaveLength(0);
    }
  });

  it('publishes what was staged only behind the gate, and never fails by rules once rows are in the table', () => {
    const [machine] = resources('AWS::StepFunctions::StateMachine');
    const definition = JSON.stringify(JSON.parse(machine?.Properties.DefinitionString).States);
    const states = JSON.parse(definition) as Record<string, { Next?: string; Catch?: { Next: string }[] }>;
    const into = (target: string) =>
      Object.keys(states).filter((name) => {
        const { Next, ...rest } = states[name] ?? {};
        return Next === target || JSON.stringify(rest).includes(`"Next":"${target}"`);
      });
    expect(into('Publish')).toEqual(['Gate']);
    expect(into('Held')).toEqual(['Gate']);
    expect(states.Quality?.Catch).toEqual([expect.objectContaining({ Next: 'Done' })]);
    expect(states['Quality gate']?.Catch).toEqual([expect.objectContaining({ Next: 'Failed' })]);
  });

  it('evaluates all rules every day', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(0 4 * * ? *)' });
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'events.amazonaws.com' });
  });

  it('runs one transform at a time and queues the others', () => {
    template.hasResourceProperties('AWS::Glue::Job', {
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      JobRunQueuingEnabled: true,
    });
  });

  it('stops queries that would scan more than the cut-off', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 100_000_000_000 },
    });
  });
});
