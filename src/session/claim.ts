import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { link, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The owner of a claim. */
export interface Holder {
  pid: number;
  /** Where that process id is valid. */
  place: string;
  /** Distinguishes the claims of one process. */
  id: string;
}

/** Milliseconds between heartbeats. */
const heartbeat = 5_000;

/** Milliseconds without a heartbeat after which a holder counts as gone, even if a process with its id runs. */
const silence = 60_000;

/**
 * Containers and machines that share the folder have separate process ids. A process id is valid for one boot of the
 * kernel and one PID namespace on Linux, and for one host name elsewhere.
 */
export const here = ((): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
})();

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process: it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Parses the holder of a claim. */
const parse = (text: string): Partial<Holder> => {
  try {
    return Object(JSON.parse(text)) as Partial<Holder>;
  } catch {
    return {};
  }
};

/** The process that holds the claim; `undefined` if it is gone. In another place, only its heartbeats count. */
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

/**
 * The right of one run to write to a tenant. Claims are files `<name>.claim.<n>`; the highest number counts. No run
 * removes the claim of another: if the holder is gone, a run creates the next claim. Only one run can, since a name can
 * be linked only once.
 */
export interface Claim {
  /** Whether it is still valid. A run that was suspended for a minute may have lost it to another. */
  isHeld(): Promise<boolean>;
  /** Aborts when the run detects that it has lost the claim. */
  lost: AbortSignal;
  release(): Promise<void>;
}

const hold = (file: string, id: string): Claim => {
  const lost = new AbortController();
  const isHeld = async (): Promise<boolean> => {
    try {
      if (parse(await readFile(file, 'utf8')).id === id) return true;
    } catch (error) {
      // A disk error does not mean that the claim is lost, and the tenant must be restored.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return true;
    }
    lost.abort();
    return false;
  };
  const beat = async (): Promise<void> => {
    if (await isHeld()) await utimes(file, new Date(), new Date());
  };
  const alive = setInterval(() => void beat().catch(() => {}), heartbeat).unref();
  return {
    isHeld,
    lost: lost.signal,
    release: async (): Promise<void> => {
      clearInterval(alive);
      if (await isHeld()) await rm(file, { force: true });
    },
  };
};

/**
 * Claims the tenant whose backup is at `path`.
 *
 * @returns the claim, or its current holder.
 */
export const claim = async (path: string): Promise<Claim | { heldBy: Partial<Holder> }> => {
  const [folder, prefix] = [dirname(path), `${basename(path)}.claim.`];
  for (;;) {
    const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
    const numbers = names.map((name) => Number(name.slice(prefix.length))).filter(Number.isInteger);
    const highest = Math.max(0, ...numbers);
    const heldBy = await holderOf(`${path}.claim.${highest}`);
    if (heldBy !== undefined) return { heldBy };
    const file = `${path}.claim.${highest + 1}`;
    const temporary = join(folder, `${randomUUID()}.tmp`);
    const holder: Holder = { pid: process.pid, place: here, id: randomUUID() };
    await writeFile(temporary, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
    try {
      await link(temporary, file);
    } catch (error) {
      // Another run was faster: check which one.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
    for (const number of numbers) await rm(`${path}.claim.${number}`, { force: true });
    return hold(file, holder.id);
  }
};
