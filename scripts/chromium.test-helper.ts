import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** A headless Chromium that comes with `npm ci`; nothing of the machine's is needed. Close it when done. */
export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await packed.executablePath(), args: packed.args, headless: true });
