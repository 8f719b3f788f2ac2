import { CodedError } from '#shared/domain/failure';

/** Labels that can't be meant so, or can't be found where they were said to be. The sentence names the remedy. */
export class LabelError extends CodedError {
  constructor(message: string) {
    super('invalid-input', message);
    this.name = 'LabelError';
  }
}
