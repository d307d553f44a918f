/** Loaded into a command's process before anything else: at SIGUSR2 something throws that nobody catches. */
process.on('SIGUSR2', () => {
  throw new Error('nobody catches this');
});
