/**
 * Imports an optional peer dependency.
 *
 * @throws {Error} when it is not installed; the message includes the command that adds it
 */
export const importPeer = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(`'${name}'`)) throw error;
    throw new Error(`The mock needs ${name}, which is not installed. Add it: npm install --save-dev ${name}`);
  }
};
