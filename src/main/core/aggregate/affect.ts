import type { Affect } from '#shared/domain/analysis';
import { MusicTally } from './tally';

/** Gathers the windows' places on the valence-arousal plane: their mean, and how far they lie apart. */
export class AffectAggregator {
  private readonly tally = new MusicTally(2);

  /** @param place valence and arousal, each -1..1. */
  add(place: Float64Array, isMusic: boolean): void {
    this.tally.add(place, isMusic);
  }

  /** Needs at least one window. */
  finish(): Affect {
    const { counting } = this.tally;
    const [valence, arousal] = counting.mean();
    const [valenceSpread, arousalSpread] = counting.deviation();
    return { valence: valence!, arousal: arousal!, valenceSpread: valenceSpread!, arousalSpread: arousalSpread! };
  }
}
