/** Who comes by an identity provider: their groups say what they may do, and a session that is ended is out at once. */
import type { Page } from '@playwright/test';
import { freePort } from '../infra/local/testing/free-port.ts';
import { test as base, expect, signIn } from './fixtures.ts';
import { CLIENT, IdentityProvider } from './identity-provider.ts';

const test = base.extend<object, { issuerPort: number; provider: IdentityProvider }>({
  ground: 'oidc',
  issuerPort: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from its pattern.
    async ({}, use) => use(await freePort()),
    { scope: 'worker' },
  ],
  environment: [
    async ({ issuerPort }, use) =>
      use({
        LACUSTRE_OIDC_ISSUER: `http://localhost:${issuerPort}`,
        LACUSTRE_OIDC_CLIENT_ID: CLIENT.id,
        LACUSTRE_OIDC_CLIENT_SECRET: CLIENT.secret,
        LACUSTRE_OIDC_NAME: 'Example ID',
        LACUSTRE_OIDC_SCOPES: 'openid email profile groups',
        LACUSTRE_OIDC_ROLES: 'lake-engineers=engineer,lake-admins=administrator',
        LACUSTRE_CONTACT: 'the lake team, lake@example.com',
      }),
    { scope: 'worker' },
  ],
  provider: [
    async ({ issuerPort, product }, use) => {
      const provider = new IdentityProvider(issuerPort, product.url);
      await use(provider);
      await provider.stop();
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'serial' });

const button = (page: Page) => page.getByRole('button', { name: 'Continue with Example ID' });

/** Presses until the page is ready to hear it. */
async function leave(page: Page, to: RegExp): Promise<void> {
  await expect(async () => {
    await button(page).click({ timeout: 2_000 });
    await expect(page).toHaveURL(to, { timeout: 8_000 });
  }).toPass();
}

async function comeAs(page: Page, login: string): Promise<void> {
  await leave(page, /\/interaction\//);
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('a provider that is down or does not know the console is told of in words', async ({ page, provider, scan }) => {
  await page.goto('/sign-in');
  await scan();
  await leave(page, /\/sign-in\/problem$/);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Example ID cannot be reached');
  await scan();
  await provider.start('another secret');
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await comeAs(page, 'ada');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Example ID does not accept this console');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('the lake team, lake@example.com');
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl/);
});

test('who has no group with a role is told which groups were found, and is nobody here', async ({
  page,
  browser,
  provider,
  product,
  scan,
}) => {
  await provider.start();
  await page.goto('/sign-in');
  await comeAs(page, 'eve');
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('None of your groups has a role here');
  for (const fact of ['eve@example.com', 'sales', 'staff', 'lake@example.com']) await expect(alert).toContainText(fact);
  await scan();
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl/);
  // What comes back without having been asked for, or says no, lets nobody in and leads nowhere else.
  const stranger = await browser.newPage({ baseURL: product.url, locale: 'en-GB' });
  const told = stranger.getByRole('main').getByRole('alert');
  await stranger.goto('/api/auth/callback/oidc?code=made-up&state=made-up');
  await expect(told).toContainText('That took too long');
  await stranger.goto('/api/auth/callback/oidc?error=access_denied&error_description=evil');
  await expect(told).toContainText('Example ID was told no');
  await expect(stranger.getByText('evil')).toHaveCount(0);
  await stranger.close();
});

test('a group gives the role, an administrator ends the session, and signing out ends it too', async ({
  page,
  browser,
  product,
  scan,
}) => {
  await page.goto('/settings?x=1');
  await comeAs(page, 'ada');
  await expect(page).toHaveURL('/settings?x=1');
  const main = page.getByRole('main');
  await expect(main).toContainText('ada@example.com');
  await expect(main).toContainText('Engineer');
  await expect(main.getByRole('row', { name: /this one/ })).toContainText('Identity provider');
  await scan();
  // They have no password, so there is none to change.
  await expect(main.getByLabel('Current password')).toHaveCount(0);

  const admin = await browser.newPage({ baseURL: product.url, locale: 'en-GB' });
  await signIn(admin, product.administrator.email, product.administrator.password);
  await admin.goto('/access');
  await admin.getByRole('link', { name: 'Ada Lovelace' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Ada Lovelace' })).toBeVisible();
  await expect(async () => {
    await admin.getByRole('button', { name: 'End', exact: true }).click({ timeout: 2_000 });
    await expect(admin.getByText('Nobody is signed in by this account.')).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl/);

  // The provider still knows them, and asks nothing.
  await leave(page, /\/settings$/);
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(button(page)).toBeVisible();
  // Whoever kept the cookie has nothing.
  await page.context().addCookies(cookies);
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl/);
  await admin.close();
});
