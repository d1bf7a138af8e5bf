/**
 * The synthesized template as others' checkers see it. Every finding that stays has its reason here, and a reason whose
 * finding is gone has to go as well. cdk-nag has its reasons beside the constructs, and stops a synthesis without them.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findChecker } from '../testing/checker.ts';
import { type TemplatePolicy, templatePolicies } from '../testing/template-policies.ts';

const SLOW_MS = 240_000;

let folder: string;
let template: string;
let account: string;
let policies: TemplatePolicy[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lacustre-checkers-'));
  ({ file: template, account, policies } = await templatePolicies());
}, SLOW_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** No finding without a reason, no reason without a finding. */
function expectKept(found: string[], kept: Record<string, string>): void {
  expect([...new Set(found)].sort()).toEqual(Object.keys(kept).sort());
}

/** As `aws iam get-account-authorization-details` answers it; `more` are policies of roles that the template has not. */
async function accountDetails(more: TemplatePolicy[] = []): Promise<string> {
  const roles = Map.groupBy(
    [...policies, ...more].filter(({ roleName }) => roleName !== undefined),
    ({ roleName }) => roleName ?? '',
  );
  const RoleDetailList = [...roles].map(([RoleName, own]) => ({
    RoleName,
    RoleId: RoleName,
    Path: '/',
    Arn: `arn:aws:iam::${account}:role/${RoleName}`,
    CreateDate: '2026-01-01T00:00:00Z',
    AssumeRolePolicyDocument: JSON.parse(own.find(({ kind }) => kind === 'trust')?.text ?? '{}') as unknown,
    RolePolicyList: own
      .filter(({ kind }) => kind !== 'trust')
      .map(({ name, text }) => ({ PolicyName: name, PolicyDocument: JSON.parse(text) as unknown })),
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
    Tags: [],
    RoleLastUsed: {},
  }));
  const file = path.join(folder, 'account.json');
  await writeFile(file, JSON.stringify({ RoleDetailList, UserDetailList: [], GroupDetailList: [], Policies: [] }));
  return file;
}

const cfnLint = findChecker('cfn-lint');

describe.skipIf(!cfnLint)('cfn-lint', () => {
  const KEPT = {
    I1022: 'CDK joins texts where a person would write Fn::Sub; the template is made to be read by machines.',
    W3005:
      'CDK names a role and its policy together as what must be there first; the policy is needed, the role is said twice.',
  };

  it('has nothing to say that has no reason', { timeout: SLOW_MS }, async () => {
    // Its exit code has a bit for each level of what it found: 2 errors, 4 warnings, 8 informations.
    const text = await cfnLint?.run(
      ['--format', 'json', '--include-checks', 'I', '--', template],
      [0, 2, 4, 6, 8, 10, 12, 14],
    );
    const found = z.array(z.object({ Rule: z.object({ Id: z.string() }) })).parse(JSON.parse(text ?? ''));
    expectKept(
      found.map(({ Rule }) => Rule.Id),
      KEPT,
    );
  });
});

const checkov = findChecker('checkov');

describe.skipIf(!checkov)('checkov', () => {
  const KEPT = {
    CKV_AWS_18:
      'Who read and wrote which object is recorded by CloudTrail data events, which unlike access logs are complete.',
    CKV_AWS_35:
      'S3 encrypts the log files with its own key; who may read them is said by the bucket, and that none was changed by the digests.',
    CKV_AWS_115:
      'A reserved share of concurrency is taken from all other functions of the account; runs are few, and wait for one transform at a time.',
    CKV_AWS_116:
      'The state machine invokes most functions itself, and retries and catches; what a rule invokes comes again the next run, day or week.',
    CKV_AWS_117:
      'The functions talk to AWS alone, by TLS and as their own roles: a VPC would add gateways and protect nothing.',
    CKV_AWS_158: 'Log lines name files and counts, never values; CloudWatch Logs encrypts them with its own key.',
    CKV_AWS_173:
      'Environments name buckets and tables; Lambda encrypts them with its own key, and no role of the lake may read them.',
    CKV_AWS_195:
      'Buckets encrypt what jobs write, log lines name files and counts alone, and the job has no bookmarks.',
  };

  it('has nothing to say that has no reason', { timeout: SLOW_MS }, async () => {
    const args = [
      '-f',
      template,
      '--framework',
      'cloudformation',
      '-o',
      'json',
      '--compact',
      '--quiet',
      '--skip-download',
    ];
    const text = await checkov?.run([...args, '--soft-fail']);
    const Report = z.object({
      summary: z.object({ passed: z.number(), parsing_errors: z.number() }),
      results: z.object({ failed_checks: z.array(z.object({ check_id: z.string() })) }),
    });
    const { summary, results } = Report.parse(JSON.parse(text ?? ''));
    expect(summary.parsing_errors).toBe(0);
    expect(summary.passed).toBeGreaterThan(200);
    expectKept(
      results.failed_checks.map(({ check_id }) => check_id),
      KEPT,
    );
  });
});

const parliament = findChecker('parliament');

describe.skipIf(!parliament)('parliament', () => {
  const ALTERNATIVE = 'It wants a resource of every type that the reference has for the action; they are alternatives.';
  const KEPT = {
    'RESOURCE_MISMATCH s3:GetObjectAttributes': ALTERNATIVE,
    'RESOURCE_MISMATCH states:ListExecutions': ALTERNATIVE,
    'RESOURCE_MISMATCH states:DescribeExecution': ALTERNATIVE,
    'RESOURCE_MISMATCH glue:CreateDataQualityRuleset':
      'Glue’s own guide has the ruleset as its resource: https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html',
  };

  it('has nothing to say that has no reason', { timeout: SLOW_MS }, async () => {
    const text = await parliament?.run(['--auth-details-file', await accountDetails(), '--json'], [0, 1]);
    const Issue = z.object({
      issue: z.string(),
      detail: z.union([z.array(z.object({ action: z.string() })), z.unknown()]),
    });
    const issues = (text ?? '').trim().split('\n').filter(Boolean);
    const found = issues.map((line) => {
      const { issue, detail } = Issue.parse(JSON.parse(line));
      const actions = Array.isArray(detail) ? detail.map(({ action }: { action?: string }) => action ?? '') : [];
      return [issue, ...actions].join(' ');
    });
    expectKept(found, KEPT);
  });
});

const cloudsplaining = findChecker('cloudsplaining');

describe.skipIf(!cloudsplaining)('cloudsplaining', () => {
  const RISKS = [
    'PrivilegeEscalation',
    'DataExfiltration',
    'ResourceExposure',
    'ServiceWildcard',
    'CredentialsExposure',
    'InfrastructureModification',
  ];

  it('finds no risk in any role, but in one that was made to have some', { timeout: SLOW_MS }, async () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: '*' },
    });
    const risky: TemplatePolicy = { name: 'risky', kind: 'inline', roleName: 'risky', text };
    await cloudsplaining?.run(['scan', '-i', await accountDetails([risky]), '-o', folder, '--skip-open-report']);
    const results: unknown = JSON.parse(await readFile(path.join(folder, 'iam-results-account.json'), 'utf8'));
    const Risk = z.object({ findings: z.array(z.unknown()) });
    const Results = z.object({
      inline_policies: z.record(
        z.string(),
        z.object({ PolicyName: z.string(), ...Object.fromEntries(RISKS.map((risk) => [risk, Risk])) }),
      ),
    });
    const scanned = Object.values(Results.parse(results).inline_policies);
    expect(scanned.length).toBeGreaterThan(10);
    const found = scanned.flatMap((policy) =>
      RISKS.filter((risk) => Risk.parse(Reflect.get(policy, risk)).findings.length > 0).map(
        (risk) => `${policy.PolicyName}: ${risk}`,
      ),
    );
    expect(found.filter((each) => !each.startsWith('risky:'))).toEqual([]);
    expect(found).toContain('risky: ResourceExposure');
  });
});
