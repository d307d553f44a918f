/** What every file of this folder that measures something exports. */

/** One line of the table. */
export interface Row {
  /** What was measured. */
  what: string;
  /** What it was compared with. */
  against?: string;
  /** The figure itself, with its unit. */
  figure: string;
  /** The middle half of the samples, or their range. */
  spread?: string;
  /** What the figure is to be, in words. */
  target?: string;
  /** Undefined where there is nothing to reach. */
  isReached?: boolean;
}

export interface Result {
  rows: Row[];
  /** What a reader needs beside the table: how it was sampled, what the rest of a figure is made of. */
  notes: string[];
}

export interface Benchmark {
  /** Its name on the command line. */
  name: string;
  title: string;
  /**
   * @param isQuick - as few samples as show that the benchmark works; its figures mean nothing
   * @throws when the benchmark itself does not work; never for a figure
   */
  run(isQuick: boolean): Promise<Result>;
}
