import { LogtoJwtCustomizerError } from './base.ts';

/** An option is missing, wrong, or does not go with another one. */
export class InvalidOptionError extends LogtoJwtCustomizerError {
  static {
    InvalidOptionError.prototype.name = 'InvalidOptionError';
  }

  declare name: 'InvalidOptionError';
  /** The option's name, for example `endpoint`. */
  declare readonly option: string;

  constructor(option: string, expected: string) {
    super(`The option \`${option}\` ${expected}.`, { option });
  }
}
