import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * The right to write to a tenant, of one run on this machine. Claims are files `<name>.claim.<n>`; the highest number
 * counts. Nobody ever takes a claim away: who finds that its holder is gone makes the next one, which only one can,
 * since a name can be linked once.
 */
export interface Claim {
  release(): Promise<void>;
}

/** Milliseconds between two signs of life. */
const heartbeat = 5_000;

/** Milliseconds without one after which a holder is taken for gone, although a process of its number runs. */
const silence = 60_000;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process: it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The numbers of the claims that there are, the highest first. */
const numbersOf = async (path: string): Promise<number[]> => {
  const prefix = `${basename(path)}.claim.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => b - a);
};

/** The process that holds the claim; nothing when it is gone. */
const holderOf = async (file: string): Promise<number | undefined> => {
  try {
    const pid = Number(await readFile(file, 'utf8'));
    const { mtimeMs } = await stat(file);
    return isRunning(pid) && Date.now() - mtimeMs < silence ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Claims the tenant whose backup is at `path`.
 *
 * @returns the claim, or the process that has it.
 */
export const claim = async (path: string): Promise<Claim | { heldBy: number }> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const [highest = 0, ...older] = await numbersOf(path);
    const holder = await holderOf(`${path}.claim.${highest}`);
    if (holder !== undefined) return { heldBy: holder };
    const file = `${path}.claim.${highest + 1}`;
    const temporary = join(folder, `${randomUUID()}.tmp`);
    await writeFile(temporary, String(process.pid), { mode: 0o600 });
    try {
      await link(temporary, file);
    } catch (error) {
      // Somebody else was faster: look again at who.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
    for (const number of [highest, ...older]) await rm(`${path}.claim.${number}`, { force: true });
    const alive = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), heartbeat);
    alive.unref();
    return {
      release: async () => {
        clearInterval(alive);
        await rm(file, { force: true });
      },
    };
  }
};
