const beats = 10;

/**
 * Asks somebody again and again whether they still answer. Beats are counted and not milliseconds, so that nobody is
 * blamed for the time in which the asking process itself was stopped.
 *
 * @param silence - milliseconds without an answer after which `onSilence` is called, once
 */
export const watchPulse = (
  silence: number,
  ask: () => void,
  onSilence: () => void,
): { answered: () => void; stop: () => void } => {
  let missed = 0;
  const timer = setInterval(() => {
    missed += 1;
    if (missed <= beats) return ask();
    clearInterval(timer);
    onSilence();
  }, silence / beats);
  ask();
  return {
    answered: () => {
      missed = 0;
    },
    stop: () => clearInterval(timer),
  };
};
