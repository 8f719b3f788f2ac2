import { strings } from '../../strings';

/** As the contract has it: a tenth of a minute to a week. */
const SHORTEST = 0.1;
const LONGEST = 10_080;

/** Minutes as typed, with a point or a comma. @throws Error that says what may stand there */
export function minutesOf(text: string): number {
  const minutes = Number(text.replace(',', '.'));
  if (text.trim() !== '' && minutes >= SHORTEST && minutes <= LONGEST) return minutes;
  throw new Error(strings.listening.minutes);
}
