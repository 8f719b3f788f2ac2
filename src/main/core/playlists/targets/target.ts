import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import type { ExportTarget, ListTarget } from '#shared/domain/playlists/targets';

/** What a rule is put into a target's words in the light of. */
export interface TargetWorld {
  /**
   * The labels that stand in files and satisfy a condition: the spellings of a genre (`is`), or also all of its kinds (`isWithin`); at
   * least the one asked for.
   */
  readonly labels: (field: 'genre' | 'mood', op: 'is' | 'isWithin', value: string) => readonly string[];
}

/** A playlist's rule in a target's words, or what these can't say. `notes`: what holds a little otherwise in the player. */
export type Said =
  { readonly text: string; readonly notes: readonly string[] } | { readonly cannot: readonly string[] };

/** A language of rules that some player applies to its own library; it sees what the files' tags say and nothing else. */
export interface RuleLanguage {
  /** What it can never say, in sentences. */
  readonly cannot: readonly string[];
  readonly say: (playlist: SmartPlaylist, world: TargetWorld) => Said;
}

/** What is told of a target before one is chosen. */
export interface TargetInfo {
  readonly id: ExportTarget;
  readonly name: string;
  readonly extension: string;
  readonly where: string;
  /** The list that is written, by itself or where a rule can't be said. */
  readonly list: ListTarget;
  /** Its rules; `file`: they are what is written, else they are only shown, to be copied. */
  readonly rules: { readonly language: RuleLanguage; readonly file: boolean } | null;
}
