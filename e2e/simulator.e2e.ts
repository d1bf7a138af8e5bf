/** Why AWS allows or refuses: the simulator, refusals explained where they happen, findings, and what roles really ask for. */
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { comeByInvitation, expect, type Product, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const raw = 'lacustre-raw-000000000000-eu-west-3';
const ana = { name: 'Ana Roux', email: 'ana@example.com', role: 'analyst', password: 'quite a good password' } as const;

test('a request is simulated from the keyboard: the answer, every statement looked at, and what would allow it', async ({
  signedIn: page,
  scan,
}) => {
  await page.goto('/access/simulator');
  await expect(page.getByRole('heading', { name: 'Nothing is asked yet' })).toBeVisible();
  const action = page.getByRole('combobox', { name: 'Does' });
  await expect(async () => {
    await action.fill('s3:deleteobject');
    await expect(page.getByRole('option', { name: 's3:DeleteObject writes' })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await action.press('ArrowDown');
  await action.press('Enter');
  await expect(action).toHaveValue('s3:DeleteObject');
  await page.getByRole('combobox', { name: 'Who' }).selectOption('lacustre-analyst');
  const resource = page.getByRole('combobox', { name: 'On', exact: true });
  await resource.fill(raw);
  await resource.press('ArrowDown');
  await resource.press('Enter');
  await expect(resource).toHaveValue(`arn:aws:s3:::${raw}/folder/file.csv`);
  await resource.press('Enter');
  const answer = page.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('Denied');
  await expect(answer).toContainText('No statement of lacustre-analyst allows it.');
  await expect(page).toHaveURL(/principal=.*action=s3%3ADeleteObject/);
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why.getByRole('heading', { level: 3 })).toHaveText([
    '1. Explicit denies',
    '2. The resource’s own policy',
    '3. Policies of the role',
    '4. Permissions boundary',
    '5. Policy of the session',
  ]);
  await expect(why).toContainText(/\d+ statements about other actions/);
  await expect(page.getByRole('region', { name: 'What would allow it' })).toContainText('"s3:DeleteObject"');
  await scan();
  await page.getByRole('combobox', { name: 'Who' }).selectOption('lacustre-engineer');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(answer).toContainText('Statement DeleteFiles of');
  await expect(page.getByRole('region', { name: 'What would deny it' })).toContainText('"Deny"');
});

test('a refusal in the console names who, what and the statement, and leads an administrator to the simulator', async ({
  signedIn: page,
  product,
  scan,
}) => {
  const closed = {
    Sid: 'Closed',
    Effect: 'Deny',
    Action: ['s3:ListBucket', 's3:ListBucketVersions'],
    Resource: `arn:aws:s3:::${raw}`,
  };
  const open = await putPolicy(product, 'lacustre-administrator', closed);
  await page.goto('/files?zone=raw');
  const refused = page.getByRole('main').getByRole('alert');
  await expect(refused).toContainText('Statement Closed of tried denies it.');
  await expect(refused).toContainText('admin@example.com as lacustre-administrator');
  await expect(refused).toContainText(`arn:aws:s3:::${raw}`);
  await expect(refused).toContainText('take statement 1 out of tried');
  await scan();
  await refused.getByRole('link', { name: 'Open in the simulator' }).click();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Statement Closed of tried denies it.');
  await open();
});

test('an analyst is told which statement their own role would need', async ({ signedIn: page, product, browser }) => {
  const theirs = await comeByInvitation(page, browser, ana);
  const closed = {
    Sid: 'NoLists',
    Effect: 'Deny',
    NotAction: ['iam:*', 'glue:*', 'athena:*', 'states:*'],
    Resource: '*',
  };
  const open = await putPolicy(product, 'lacustre-analyst', closed);
  await theirs.goto('/files?zone=raw');
  const refused = theirs.getByRole('main').getByRole('alert');
  await expect(refused).toContainText('Statement NoLists of tried denies it.');
  await expect(refused.getByRole('link', { name: 'Open in the simulator' })).toHaveCount(0);
  await open();
  await theirs.context().close();
});

test('a finding is accepted with a reason and an end, and no longer counted', async ({
  signedIn: page,
  product,
  scan,
}) => {
  const close = await putPolicy(product, 'lacustre-viewer', {
    Sid: 'Wide',
    Effect: 'Allow',
    Action: 's3:*',
    Resource: '*',
  });
  await page.goto('/access/findings');
  await expect(page.getByText(/looked at/)).toBeVisible();
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('combobox', { name: 'Role or bucket' })).toContainText('lacustre-viewer');
  await page.getByRole('combobox', { name: 'Role or bucket' }).selectOption('lacustre-viewer');
  const card = page.getByRole('article', { name: 'Actions with a star' });
  await expect(card).toContainText('Wide');
  await scan();
  await card.getByRole('button', { name: 'Accept…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByRole('dialog').getByText('This is needed.')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Reason').fill('Tried for a day');
  await page.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole('region', { name: /Accepted/ })).toContainText('Tried for a day');
  await close();
});

test('the policy that would do is made of what the pipeline asked for', async ({ signedIn: page, product, scan }) => {
  const s3 = new S3Client({ ...(await clientConfig(product)), forcePathStyle: true });
  await s3.send(
    new PutObjectCommand({ Bucket: raw, Key: 'tides/a.csv', Body: 'port,metres\nBrest,7.1\nCalais,6.4\n' }),
  );
  s3.destroy();
  await page.goto('/access/observed');
  await expect(page.getByRole('heading', { name: 'Choose a role' })).toBeVisible();
  await expect(async () => {
    await page.goto('/access/observed?role=lacustre-validate-role&days=7');
    await expect(page.getByRole('row', { name: /^s3:GetObject arn:.*tides\/a\.csv/ })).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole('region', { name: 'The policy that would do' })).toContainText('"s3:GetObject"');
  await expect(page.getByRole('region', { name: /Never used|Wider than used/ }).first()).toBeVisible();
  await scan();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('lacustre-validate-role-7-days.json');
});

async function clientConfig({ lakePort, dataFolder }: Product) {
  const credentials = await readLakeCredentials(dataFolder);
  return { endpoint: `http://127.0.0.1:${lakePort}`, region: 'eu-west-3', credentials };
}

/** Gives a role one more policy, as the account's root; what is returned takes it away again. */
async function putPolicy(product: Product, RoleName: string, statement: object): Promise<() => Promise<void>> {
  const iam = new IAMClient(await clientConfig(product));
  const PolicyName = 'tried';
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  return async () => {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    iam.destroy();
  };
}
