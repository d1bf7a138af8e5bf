import {
  AttachRolePolicyCommand,
  type ContextEntry,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  GetAccountAuthorizationDetailsCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListGroupsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  type RoleDetail,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

let lake: TestLake;
let iam: IAMClient;
beforeAll(async () => {
  lake = await startTestLake();
  iam = new IAMClient(lake.clientConfig);
});
afterAll(() => lake.close());

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const allow = (Action: string | string[], Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

async function makeUser(UserName: string) {
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  return { credentials, clientConfig: { ...lake.clientConfig, credentials } };
}

describe('roles', () => {
  it('are made, read with their policy documents, and listed', async () => {
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: 'made',
        AssumeRolePolicyDocument: trust,
        Description: 'é & <b>',
        Tags: [{ Key: 'team', Value: 'a b' }],
      }),
    );
    expect(Role).toMatchObject({
      RoleName: 'made',
      Arn: 'arn:aws:iam::000000000000:role/made',
      MaxSessionDuration: 3600,
    });
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    const found = await iam.send(new GetRoleCommand({ RoleName: 'made' }));
    expect(decodeURIComponent(found.Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
    expect(found.Role).toMatchObject({ Description: 'é & <b>', Tags: [{ Key: 'team', Value: 'a b' }] });
    expect(found.Role?.CreateDate).toBeInstanceOf(Date);
    const { Roles } = await iam.send(new ListRolesCommand({}));
    expect(Roles?.map(({ RoleName }) => RoleName)).toContain('made');
  });

  it('keep inline policies until the last is deleted', async () => {
    const RoleName = 'with-policies';
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const PolicyDocument = allow('s3:GetObject', "arn:aws:s3:::it's-(odd)*/*");
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'read', PolicyDocument }));
    const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'read' }));
    expect(decodeURIComponent(found.PolicyDocument ?? '')).toBe(PolicyDocument);
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['read']);
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'read' }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name with-policies cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('refuse a second of the same name and a policy that is wrong, saying where', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'once', AssumeRolePolicyDocument: trust }));
    await expect(
      iam.send(new CreateRoleCommand({ RoleName: 'once', AssumeRolePolicyDocument: trust })),
    ).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name once already exists.',
    });
    const noResource = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*' }] });
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'once', PolicyName: 'p', PolicyDocument: noResource })),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Statement[0].Resource: is required: policy statement must contain resources',
    });
    await expect(
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'once', PolicyDocument: '{' })),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });

  it('take and lose tags', async () => {
    const RoleName = 'tagged';
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    await iam.send(
      new TagRoleCommand({
        RoleName,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '' },
        ],
      }),
    );
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['a'] }));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([{ Key: 'b', Value: '' }]);
  });

  it('are listed page by page', async () => {
    const prefix = '/paged/';
    for (const RoleName of ['p1', 'p2', 'p3'])
      await iam.send(new CreateRoleCommand({ RoleName, Path: prefix, AssumeRolePolicyDocument: trust }));
    const first = await iam.send(new ListRolesCommand({ PathPrefix: prefix, MaxItems: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, Roles: [{ RoleName: 'p1' }, { RoleName: 'p2' }] });
    const second = await iam.send(new ListRolesCommand({ PathPrefix: prefix, MaxItems: 2, Marker: first.Marker }));
    expect(second.Roles?.map(({ Arn }) => Arn)).toEqual(['arn:aws:iam::000000000000:role/paged/p3']);
    expect(second.IsTruncated).toBe(false);
  });

  it('names the wrong member of an input', async () => {
    await expect(iam.send(new GetRoleCommand({ RoleName: 'no spaces' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value 'no spaces' at 'RoleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    });
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'x y', PolicyName: 'p', PolicyDocument: '{}' })),
    ).rejects.toThrow("at 'RoleName'");
  });
});

describe('managed policies', () => {
  it('have versions, of which one is in force', async () => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'versions', PolicyDocument: allow('s3:GetObject') }),
    );
    const PolicyArn = Policy?.Arn;
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow('s3:PutObject'), SetAsDefault: true }),
    );
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ['v1', false],
      ['v2', true],
    ]);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(allow('s3:PutObject'));
    await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
  });

  it('of AWS that are not here cannot be attached', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'attaching', AssumeRolePolicyDocument: trust }));
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await expect(iam.send(new AttachRolePolicyCommand({ RoleName: 'attaching', PolicyArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} does not exist or is not attachable.`,
    });
  });

  it('are listed where they are attached, and stay while they are', async () => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'attached', PolicyDocument: allow('s3:GetObject') }),
    );
    const at = { RoleName: 'attaching', PolicyArn: Policy?.Arn };
    await iam.send(new AttachRolePolicyCommand(at));
    await iam.send(new AttachRolePolicyCommand(at));
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'attaching' }));
    expect(AttachedPolicies).toEqual([{ PolicyName: 'attached', PolicyArn: Policy?.Arn }]);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
  });
});

describe('users', () => {
  it('are who their access key says, and nobody once it is inactive', async () => {
    const { credentials, clientConfig } = await makeUser('ana');
    const sts = new STSClient(clientConfig);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:iam::000000000000:user/ana',
    });
    await iam.send(
      new UpdateAccessKeyCommand({ UserName: 'ana', AccessKeyId: credentials.accessKeyId, Status: 'Inactive' }),
    );
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(iam.send(new DeleteUserCommand({ UserName: 'ana' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
  });

  it('may do nothing by default, and what a policy allows from the next request on', async () => {
    const { clientConfig } = await makeUser('ben');
    const own = new IAMClient(clientConfig);
    await expect(own.send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::000000000000:user/ben is not authorized to perform: iam:GetUser on resource: arn:aws:iam::000000000000:user/ben because no identity-based policy allows the iam:GetUser action',
      $metadata: { httpStatusCode: 403 },
    });
    const PolicyDocument = allow('iam:GetUser', 'arn:aws:iam::*:user/${aws:username}');
    await iam.send(new PutUserPolicyCommand({ UserName: 'ben', PolicyName: 'self', PolicyDocument }));
    expect((await own.send(new GetUserCommand({}))).User?.UserName).toBe('ben');
    await expect(own.send(new GetUserCommand({ UserName: 'ana' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('are held by their boundary', async () => {
    const { clientConfig } = await makeUser('cleo');
    const own = new IAMClient(clientConfig);
    await iam.send(new PutUserPolicyCommand({ UserName: 'cleo', PolicyName: 'all', PolicyDocument: allow('*') }));
    await own.send(new GetUserCommand({}));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'only-s3', PolicyDocument: allow('s3:*') }),
    );
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'cleo', PermissionsBoundary: Policy?.Arn }));
    await expect(own.send(new GetUserCommand({}))).rejects.toThrow(
      'because no permissions boundary allows the iam:GetUser action',
    );
  });
});

it('refuses what it does not support, and logs its name', async () => {
  await expect(iam.send(new ListGroupsCommand({}))).rejects.toMatchObject({
    name: 'InvalidAction',
    $metadata: { httpStatusCode: 400 },
  });
  expect(lake.logged.join()).toContain('"operation":"ListGroups"');
});

describe('the whole account', () => {
  it('is read in one answer, page by page', async () => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'seen', PolicyDocument: allow('s3:Get*') }),
    );
    await iam.send(new CreateRoleCommand({ RoleName: 'seen', AssumeRolePolicyDocument: trust }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'seen', PolicyArn: Policy?.Arn }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'seen', PolicyName: 'own', PolicyDocument: allow('s3:Put*') }));
    const found: RoleDetail[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: 2, Marker }));
      expect(page.UserDetailList).toEqual([]);
      found.push(...(page.RoleDetailList ?? []));
      Marker = page.Marker;
    } while (Marker);
    const role = found.find(({ RoleName }) => RoleName === 'seen');
    expect(role).toMatchObject({
      AttachedManagedPolicies: [{ PolicyName: 'seen' }],
      RolePolicyList: [
        { PolicyName: 'own', PolicyDocument: encodeURIComponent(allow('s3:Put*')).replaceAll('*', '%2A') },
      ],
    });
    const { Policies } = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['LocalManagedPolicy'] }));
    expect(Policies?.find(({ PolicyName }) => PolicyName === 'seen')).toMatchObject({
      AttachmentCount: 1,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true }],
    });
  });

  it('tells when a role was last used', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trust }));
    const lastUsed = async () => (await iam.send(new GetRoleCommand({ RoleName: 'worker' }))).Role?.RoleLastUsed;
    expect((await lastUsed())?.LastUsedDate).toBeUndefined();
    const principal = lake.lake.asRole('arn:aws:iam::000000000000:role/worker', 'lambda', 'run');
    await expect(lake.lake.call('iam', 'ListRoles', {}, principal)).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(await lastUsed()).toEqual({ LastUsedDate: expect.any(Date), Region: 'eu-west-3' });
  });
});

describe('a simulation', () => {
  const resources = ['arn:aws:s3:::lake/a', 'arn:aws:s3:::other/a'];

  it('decides by the policies that it is given', async () => {
    const { EvaluationResults } = await iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [allow('s3:Get*', 'arn:aws:s3:::lake/*')],
        ActionNames: ['s3:GetObject', 's3:PutObject'],
        ResourceArns: resources,
      }),
    );
    const told = EvaluationResults?.map(({ EvalActionName, EvalResourceName, EvalDecision }) => [
      EvalActionName,
      EvalResourceName,
      EvalDecision,
    ]);
    expect(told).toEqual([
      ['s3:GetObject', 'arn:aws:s3:::lake/a', 'allowed'],
      ['s3:GetObject', 'arn:aws:s3:::other/a', 'implicitDeny'],
      ['s3:PutObject', 'arn:aws:s3:::lake/a', 'implicitDeny'],
      ['s3:PutObject', 'arn:aws:s3:::other/a', 'implicitDeny'],
    ]);
    expect(EvaluationResults?.[0]?.MatchedStatements).toEqual([
      { SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'IAM Policy' },
    ]);
  });

  it('decides for a role with its boundary, and says which context is missing', async () => {
    const condition = { StringEquals: { 'aws:PrincipalTag/team': 'data' } };
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:*', 'glue:*'], Resource: '*', Condition: condition }],
    });
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'tried-within', PolicyDocument: allow('s3:*') }),
    );
    const role = { RoleName: 'tried', AssumeRolePolicyDocument: trust, PermissionsBoundary: Policy?.Arn };
    const { Role } = await iam.send(new CreateRoleCommand(role));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'tried', PolicyName: 'own', PolicyDocument }));
    const simulate = async (ActionNames: string[], ContextEntries?: ContextEntry[]) => {
      const { EvaluationResults } = await iam.send(
        new SimulatePrincipalPolicyCommand({ PolicySourceArn: Role?.Arn, ActionNames, ContextEntries }),
      );
      return EvaluationResults?.[0];
    };
    const tag = {
      ContextKeyName: 'aws:PrincipalTag/team',
      ContextKeyType: 'string' as const,
      ContextKeyValues: ['data'],
    };
    expect(await simulate(['s3:GetObject'], [tag])).toMatchObject({
      EvalDecision: 'allowed',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    });
    expect(await simulate(['glue:GetTable'], [tag])).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
    expect(await simulate(['s3:GetObject'])).toMatchObject({
      EvalDecision: 'implicitDeny',
      MissingContextValues: ['aws:PrincipalTag/team'],
    });
  });

  it('refuses what it cannot try', async () => {
    const tried = { PolicyInputList: ['{'], ActionNames: ['s3:GetObject'] };
    await expect(iam.send(new SimulateCustomPolicyCommand(tried))).rejects.toThrow('PolicyInputList.1');
    const missing = { PolicySourceArn: 'arn:aws:iam::000000000000:role/none', ActionNames: ['s3:GetObject'] };
    await expect(iam.send(new SimulatePrincipalPolicyCommand(missing))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});
