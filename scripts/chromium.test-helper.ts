import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** A headless Chromium that `npm ci` installs; the machine needs nothing. Close it when done. */
export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await packed.executablePath(), args: packed.args, headless: true });
