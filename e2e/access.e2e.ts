/** Who may do what: an administrator reads it of roles and of datasets, down to the statement; a viewer may not. */
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { comeByInvitation, expect, type Product, signIn, test } from './fixtures.ts';

test.use({ ground: 'access' });
test.describe.configure({ mode: 'serial' });

const raw = 'lacustre-raw-000000000000-eu-west-3';
const processed = 'lacustre-processed-000000000000-eu-west-3';
const vic = {
  name: 'Vic Viewer',
  email: 'vic@example.com',
  role: 'viewer',
  password: 'quite a good password',
} as const;

test('a role says what it may do, by which statement, and who has it', async ({
  signedIn: page,
  product,
  browser,
  scan,
}) => {
  await prepare(product);
  await (await comeByInvitation(page, browser, vic)).context().close();
  await page.goto('/access/roles');
  await expect(page.getByRole('row', { name: /^lacustre-viewer/ })).toContainText('Looks, changes nothing');
  const ingest = page.getByRole('row', { name: /^lacustre-ingest-role/ });
  await expect(ingest).toContainText('For the pipeline itself');
  await expect(ingest).toContainText('states.amazonaws.com');
  await scan();

  await page.getByRole('link', { name: 'lacustre-engineer', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'lacustre-engineer' })).toBeVisible();
  // Part of what it holds lies in a managed policy, since a role's own have no room for it.
  await expect(page.getByRole('heading', { name: 'lacustre-engineer-overflow-policy-1' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'S3' }).getByText('Delete objects')).toBeVisible();
  await scan();
  await page.getByRole('region', { name: 'S3' }).getByRole('link', { name: 'DeleteFiles' }).click();
  const statement = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('region', { name: 'JSON of DeleteFiles' }) });
  await expect(statement).toBeInViewport();
  await expect(statement).toHaveAttribute('data-current', 'true');
  await expect(statement.getByRole('region')).toContainText('"s3:DeleteObject"');
  await page.getByRole('button', { name: 'Words', exact: true }).click();
  await expect(page.getByRole('region', { name: 'JSON of DeleteFiles' })).toHaveCount(0);
});

test('the matrix says who may, and the statement that decides', async ({ signedIn: page, scan }) => {
  await page.goto('/access/matrix?action=delete');
  const grid = page.getByRole('grid');
  const orders = grid.getByRole('row', { name: /^orders/ });
  await expect(orders.getByRole('button', { name: 'No: Analyst, Delete files, orders' })).toBeVisible();
  await expect(orders.getByRole('button', { name: 'Denied: Engineer, Delete files, orders' })).toBeVisible();
  const ledger = grid.getByRole('row', { name: /^ledger/ });
  await expect(ledger.getByRole('button', { name: 'Yes: Engineer, Delete files, ledger' })).toBeVisible();
  await scan();

  // By the keyboard alone: from the first cell to the engineer's, and to its reason.
  await expect(async () => {
    await grid.getByRole('button', { name: 'Yes: Administrator, Delete files, ledger' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(orders.getByRole('button', { name: 'Denied: Engineer, Delete files, orders' })).toBeFocused();
  }).toPass();
  await page.keyboard.press('Enter');
  const reason = page.getByRole('dialog', { name: 'Engineer, Delete files, orders' });
  await expect(reason).toContainText(`arn:aws:s3:::${raw}/orders/object`);
  await expect(reason).toContainText('Decided by KeepOrders of careful');
  await expect(reason.getByRole('link', { name: /^Simulate s3:DeleteObject/ })).toHaveAttribute(
    'href',
    /principal=.*lacustre-engineer&action=s3%3ADeleteObject&resource=/,
  );
  await scan();
  await reason.getByRole('link', { name: 'KeepOrders' }).click();
  await expect(page).toHaveURL(/\/access\/roles\/lacustre-engineer#careful-0$/);
  await expect(page.getByRole('listitem').filter({ hasText: 'KeepOrders' }).last()).toHaveAttribute(
    'data-current',
    'true',
  );

  // One dataset, every action; a role opens to its people.
  await page.goto('/access/matrix?dataset=orders');
  const one = page.getByRole('grid', { name: 'Who may: orders' });
  await expect(async () => {
    await one.getByRole('button', { name: /^Viewer/ }).click();
    await expect(one.getByRole('rowheader', { name: vic.name })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(
    one.getByRole('row', { name: vic.name }).getByRole('button', { name: /^Yes: Viewer, Query/ }),
  ).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await scan();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const csv = await textOf(download);
  expect(csv).toContain('lacustre-engineer,,orders,delete,explicitDeny,s3:DeleteObject');
  expect(csv).toContain(`lacustre-viewer,${vic.email},orders,upload,implicitDeny`);
  expect(csv).not.toContain('ledger');
});

test('a viewer is refused, by the pages and by the file', async ({ page, scan }) => {
  await signIn(page, vic.email, vic.password);
  for (const path of ['/access/roles', '/access/roles/lacustre-viewer', '/access/matrix']) {
    await page.goto(path);
    await expect(page.getByRole('main')).toContainText('does not hold the permission access:read');
  }
  await scan();
  expect((await page.request.get('/api/access/matrix')).status()).toBe(403);
});

/** Two tables, of which an engineer may not delete the files of one. */
async function prepare(product: Product): Promise<void> {
  const config = {
    endpoint: `http://127.0.0.1:${product.lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(product.dataFolder),
  };
  const [glue, iam] = [new GlueClient(config), new IAMClient(config)];
  for (const Name of ['ledger', 'orders']) {
    const TableInput = { Name, StorageDescriptor: { Location: `s3://${processed}/${Name}/` } };
    await glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput }));
  }
  const keep = {
    Sid: 'KeepOrders',
    Effect: 'Deny',
    Action: 's3:DeleteObject',
    Resource: `arn:aws:s3:::${raw}/orders/*`,
  };
  await iam.send(
    new PutRolePolicyCommand({
      ...{ RoleName: 'lacustre-engineer', PolicyName: 'careful' },
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [keep] }),
    }),
  );
  glue.destroy();
  iam.destroy();
}

async function textOf(download: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<string> {
  let text = '';
  for await (const chunk of await download.createReadStream()) text += String(chunk);
  return text;
}
