/** Who may come in, and what each may do: the administrator adds a person, who is told what their role does not allow. */
import { expect, signIn, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const bob = { name: 'Bob Léger', email: 'bob@example.com' };
let password = '';

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

test('an administrator adds a person with a password that is shown once', async ({ signedIn: page, scan }) => {
  await page.goto('/access');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('This is needed.')).toBeVisible();
  await scan();
  await dialog.getByLabel('Name').fill(bob.name);
  await dialog.getByLabel('E-mail').fill(bob.email);
  await dialog.getByLabel('Role').selectOption('viewer');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('dialog', { name: `${bob.name} can sign in now` })).toBeVisible();
  password = (await page.getByRole('dialog').getByRole('code').textContent()) ?? '';
  expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  await scan();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: bob.email })).toBeVisible();
});

test('that person changes the password, and may not see who has access', async ({ page, scan }) => {
  await signIn(page, bob.email, password);
  await page.goto('/settings');
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill('quite another password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('The password is changed', { exact: true })).toBeVisible();
  await scan();
  await page.goto('/access');
  await expect(page.getByRole('main')).toContainText('does not hold the permission people:read');
  await scan();
});

test('who is switched off is out at once', async ({ signedIn: page, browser, product }) => {
  const theirs = await browser.newPage({ baseURL: product.url });
  await signIn(theirs, bob.email, 'quite another password');
  await page.goto('/access');
  await page.getByRole('button', { name: `More for ${bob.name}` }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('row', { name: bob.email })).toContainText('Switched off');
  await theirs.goto('/settings');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.close();
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
