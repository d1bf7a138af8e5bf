/** Who may come in, and what each may do: the administrator invites a person, who is told what their role does not allow. */
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const bob = { name: 'Bob Léger', email: 'bob@example.com', password: 'the first of his own' };
let link = '';
/** Bob's, signed in by the invitation and kept until he is switched off. */
let theirs: Page;

test('a wrong password is refused in words, beside its field', async ({ page, scan }) => {
  await page.goto('/sign-in');
  await scan();
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('do not match');
  await expect(page.getByLabel('Password')).toBeFocused();
  await scan();
});

test('a page without a session leads to sign-in, and from there back', async ({ page, product }) => {
  await page.goto('/settings?x=1');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fsettings%3Fx%3D1$/);
  await page.getByLabel('E-mail').fill(product.administrator.email);
  await page.getByLabel('Password').fill(product.administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/settings?x=1');
});

test('an administrator invites a person by a link that is shown once', async ({ signedIn: page, scan }) => {
  await page.goto('/access');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill('bob');
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  await expect(dialog.getByText('This is not an e-mail address.')).toBeVisible();
  await scan();
  await dialog.getByLabel('E-mail').fill(bob.email);
  await dialog.getByLabel('Role').selectOption('viewer');
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByRole('dialog', { name: `${bob.email} is invited` })).toBeVisible();
  link = (await page.getByRole('dialog').getByRole('code').textContent()) ?? '';
  expect(link).toMatch(/^http:\/\/localhost:\d+\/invitation\/[\w-]{43}$/);
  await scan();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Invitations' }).click();
  await expect(page.getByRole('row', { name: bob.email })).toContainText('Open');
  await scan();
});

test('that person chooses a name and a password, and may not see who has access', async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.url, locale: 'en-GB' });
  theirs = await context.newPage();
  await theirs.goto(link);
  await expect(theirs.getByText('admin@example.com invites you to Lacustre.')).toBeVisible();
  await theirs.getByLabel('Your name').fill(bob.name);
  await theirs.getByLabel('Password').fill('Password2026!');
  await theirs.getByRole('button', { name: 'Begin' }).click();
  await expect(theirs.getByText('This is among the first that anybody would try.')).toBeVisible();
  await theirs.getByLabel('Password').fill(bob.password);
  await theirs.getByRole('button', { name: 'Show what is typed' }).click();
  await expect(theirs.getByLabel('Password')).toHaveAttribute('type', 'text');
  await theirs.getByRole('button', { name: 'Begin' }).click();
  await expect(theirs.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await theirs.goto('/access');
  await expect(theirs.getByRole('main')).toContainText('does not hold the permission people:read');
});

test('a link that was used lets nobody in', async ({ page, scan }) => {
  await page.goto(link);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This invitation was used');
  await scan();
});

test('a new password ends every other session', async ({ page, scan }) => {
  await signIn(page, bob.email, bob.password);
  await page.goto('/settings');
  await expect(page.getByRole('row', { name: /Chrome/ })).toHaveCount(2);
  await page.getByLabel('Current password').fill(bob.password);
  await page.getByLabel('New password').fill('quite another password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('The password is changed', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /Chrome/ })).toHaveCount(1);
  await scan();
  await theirs.goto('/settings');
  await expect(theirs).toHaveURL(/\/sign-in/);
});

test('who is switched off is out at once', async ({ signedIn: page }) => {
  await signIn(theirs, bob.email, 'quite another password');
  await page.goto('/access');
  await page.getByRole('button', { name: `More for ${bob.name}` }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('row', { name: bob.email })).toContainText('Switched off');
  await theirs.goto('/settings');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});

test('the language and the theme are kept', async ({ signedIn: page, scan }) => {
  await page.goto('/settings');
  await page.getByRole('banner').getByRole('button', { name: 'FR' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible();
  await page.getByRole('button', { name: 'Sombre' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await scan();
});

test('narrow screens have the areas in a menu', async ({ signedIn: page, scan }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Datasets' })).toBeVisible();
  await scan();
});
