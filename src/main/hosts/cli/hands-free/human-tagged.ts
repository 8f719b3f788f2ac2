import type { Standing } from '#shared/domain/hands-free/standing';
import { count, table } from '../terminal';
import type { WrittenSidecar } from './sidecar';

/** Why a track was left alone, and what to do about it. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  sure: 'sure enough',
  written: 'have their tags already',
  decided: 'decided by you and not written yet (--decided writes them)',
  skipped: 'that you want left alone',
  'taken-back': 'of which you undid what was written',
  'look-again': 'that you accepted after a quick look and that sound otherwise in full',
  doubtful: 'not sure enough: they wait in the review',
  unsure: 'of which the model names nothing: they wait in the review',
  'not-music': 'that are no music',
  quick: 'heard only quickly so far',
  stale: 'heard by another model: analyse them again',
  failed: 'that could not be heard',
  unheard: 'not heard yet',
};

/** How many tracks stand where, those that there are. */
export function describeStandings(counts: Readonly<Record<Standing, number>>): string[] {
  const rows = (Object.entries(counts) as [Standing, number][]).filter(([, tracks]) => tracks > 0);
  return table(rows.map(([standing, tracks]) => [tracks, STANDING_WORDS[standing]]));
}

export const describeTotal = (tracks: number): string => `${count(tracks, 'track')} looked at.`;

export function describeSidecars(files: readonly WrittenSidecar[]): string {
  const n = (wanted: WrittenSidecar['status']): number => files.filter(({ status }) => status === wanted).length;
  return `${count(n('written'), 'sidecar')} written, ${n('unchanged')} as they were, ${n('removed')} removed. No file of yours was touched.`;
}
