import { LogtoJwtCustomizerError } from './base.ts';

/** An option of the client is missing, wrong, or does not go with another one. Thrown when the client is created. */
export class InvalidOptionError extends LogtoJwtCustomizerError {
  static {
    InvalidOptionError.prototype.name = 'InvalidOptionError';
  }

  /** The option's name, for example `endpoint`. */
  readonly option: string;

  constructor(option: string, expected: string) {
    super(`The option \`${option}\` ${expected}.`);
    this.option = option;
  }
}
