import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH;

/** The browser tests start their own lake and console, in an empty data folder: see e2e/fixtures.ts. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  globalSetup: './e2e/seeds.ts',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Each has a lake and a console of its own; a test waits half of its time, so that two share two cores well.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    // A colour on its way to another is neither: what is scanned is what a person ends up with.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: executablePath
      ? {
          executablePath,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        }
      : {},
  },
});
