const beats = 10;

export type Pulse = ReturnType<typeof watchPulse>;

/**
 * Calls `ask` again and again. Beats are counted and not milliseconds: the time in which this process itself was stopped
 * is no silence.
 *
 * @param silence - milliseconds without `answered` after which `onSilence` is called, once
 */
export const watchPulse = (silence: number, ask: () => void, onSilence: () => void) => {
  let missed = 0;
  const timer = setInterval(() => {
    missed += 1;
    if (missed <= beats) return ask();
    clearInterval(timer);
    onSilence();
  }, silence / beats);
  ask();
  return {
    answered: (): void => {
      missed = 0;
    },
    stop: (): void => clearInterval(timer),
  };
};
