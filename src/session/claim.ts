import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * The right to write to a tenant, of one run. Claims are files `<name>.claim.<n>`; the highest number counts. Nobody
 * ever takes a claim away: who finds that its holder is gone makes the next one, which only one can, since a name can
 * be linked once.
 */
export interface Claim {
  /** Whether it still counts. A run that was suspended for a minute may have lost it to another. */
  isHeld(): Promise<boolean>;
  /** Aborted when the run finds that it has lost the claim. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** Who has a claim. */
export interface Holder {
  pid: number;
  /** Where that process number means something. */
  place: string;
  /** Tells the claims of one process apart. */
  id: string;
}

/** Milliseconds between two signs of life. */
const heartbeat = 5_000;

/** Milliseconds without one after which a holder is taken for gone, although a process of its number runs. */
const silence = 60_000;

/**
 * Containers that share the folder number their processes apart, and so do machines: on Linux the kernel's boot and the
 * namespace of process numbers tell where a number counts, elsewhere the host's name.
 */
const placeOf = (): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
};

export const here = placeOf();

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

/** What the claim says; a process number alone was written by an older version. */
const parse = (text: string): Partial<Holder> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : { pid: Number(value) };
  } catch {
    return {};
  }
};

/** The process that holds the claim; nothing when it is gone. Of another place, only its signs of life count. */
const holderOf = async (file: string): Promise<Partial<Holder> | undefined> => {
  try {
    const holder = parse(await readFile(file, 'utf8'));
    const { mtimeMs } = await stat(file);
    const isGone = holder.place === here && !isRunning(holder.pid ?? 0);
    return !isGone && Date.now() - mtimeMs < silence ? holder : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const hold = (file: string, id: string): Claim => {
  const lost = new AbortController();
  const isHeld = async (): Promise<boolean> => {
    try {
      if (parse(await readFile(file, 'utf8')).id === id) return true;
    } catch (error) {
      // A disk that fails says nothing of the claim, and the tenant is to be put back.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return true;
    }
    lost.abort();
    return false;
  };
  const beat = async (): Promise<void> => {
    if (await isHeld()) await utimes(file, new Date(), new Date());
  };
  const alive = setInterval(() => void beat().catch(() => {}), heartbeat);
  alive.unref();
  return {
    isHeld,
    lost: lost.signal,
    release: async () => {
      clearInterval(alive);
      if (await isHeld()) await rm(file, { force: true });
    },
  };
};

/**
 * Claims the tenant whose backup is at `path`.
 *
 * @returns the claim, or who has it.
 */
export const claim = async (path: string): Promise<Claim | { heldBy: Partial<Holder> }> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const [highest = 0, ...older] = await numbersOf(path);
    const heldBy = await holderOf(`${path}.claim.${highest}`);
    if (heldBy !== undefined) return { heldBy };
    const file = `${path}.claim.${highest + 1}`;
    const temporary = join(folder, `${randomUUID()}.tmp`);
    const holder: Holder = { pid: process.pid, place: here, id: randomUUID() };
    await writeFile(temporary, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
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
    return hold(file, holder.id);
  }
};
