/** Loaded into a command's process first: SIGUSR2 causes an uncaught exception. */
process.on('SIGUSR2', () => {
  throw new Error('nobody catches this');
});
