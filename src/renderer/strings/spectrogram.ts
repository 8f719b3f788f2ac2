import { formatClock } from '../ui/format';

/** What is said of a track's spectrogram. */
export const spectrogram = {
  show: 'Spectrogram',
  hint: 'What sounds along the track, low at the bottom, high at the top, as the analysis hears it',
  loading: 'The spectrogram is being made …',
  failed: 'No spectrogram can be made of this track.',
  /** For who does not see it. */
  text: (durationSec: number, topHz: number, halfBelowHz: number, loudestSec: number): string =>
    `Spectrogram of ${formatClock(durationSec)}, 0 Hz to ${topHz / 1000} kHz. Half of what sounds lies below ${formatHertz(halfBelowHz)}; strongest at ${formatClock(loudestSec)}.`,
};

const formatHertz = (hertz: number): string =>
  hertz < 1000 ? `${Math.round(hertz / 10) * 10} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
