import { formatCount, formatPlural } from '../ui/format';

/** What is said of box plots. */
export const boxes = {
  label: 'Label',
  tracks: 'Tracks',
  least: 'Whisker from',
  lower: 'Quarter under',
  median: 'Median',
  upper: 'Quarter over',
  most: 'Whisker to',
  beyond: 'Beyond',
  says: (tracks: number, [low, least]: readonly [string, string], [high, most]: readonly [string, string]): string =>
    `${formatPlural(tracks, 'track')}. ${
      least === most
        ? `The median is ${least} for every label.`
        : `The median is lowest for ${low} (${least}) and highest for ${high} (${most}).`
    }`,
  saysOne: (tracks: number): string => `${formatPlural(tracks, 'track')} of one label.`,
  nothing: 'No track has been described yet.',
  note: 'A box holds the middle half of the tracks, the line in it is the median. Whiskers reach to the farthest tracks within 1.5 times its length; dots are what lies beyond.',
  row: (label: string, tracks: number, median: string, lower: string, upper: string): string =>
    `${label}: median ${median}, half of ${formatCount(tracks)} from ${lower} to ${upper}`,
};
