import { describe, expect, it } from 'vitest';
import { ruleSchema } from '#shared/contract/playlists';
import { ruleFromSearch } from '#shared/domain/playlists/from-search';
import type { Rule } from '#shared/domain/playlists/playlist';
import { parseSearch } from '#shared/domain/search/parse';

const ANYWHERE = (text: string): Rule[] => [
  { field: 'title', op: 'contains', value: text },
  { field: 'artist', op: 'contains', value: text },
  { field: 'album', op: 'contains', value: text },
  { field: 'path', op: 'contains', value: text },
  { field: 'genre', op: 'is', value: text },
];

const CASES: readonly (readonly [search: string, rules: readonly Rule[]])[] = [
  ['', []],
  ['Queen', [{ any: ANYWHERE('queen') }]],
  ['-"blue train"', [{ none: ANYWHERE('blue train') }]],
  ['artist:queen', [{ field: 'artist', op: 'contains', value: 'queen' }]],
  ['-album:live', [{ field: 'album', op: 'containsNot', value: 'live' }]],
  ['heard:Jazz', [{ field: 'heardGenre', op: 'is', value: 'Jazz' }]],
  ['-wide:techno', [{ field: 'wideGenre', op: 'isNot', value: 'techno' }]],
  [
    'genre:rock',
    [
      {
        any: [
          { field: 'ownGenre', op: 'is', value: 'Rock' },
          { field: 'confirmedGenre', op: 'is', value: 'Rock' },
        ],
      },
    ],
  ],
  [
    '-mood:sad',
    [
      {
        none: [
          { field: 'ownMood', op: 'is', value: 'Sad' },
          { field: 'confirmedMood', op: 'is', value: 'Sad' },
          { field: 'heardMood', op: 'is', value: 'Sad' },
        ],
      },
    ],
  ],
  ['share:metal>0.3', [{ field: 'genreShare', of: 'Metal', op: 'over', value: 0.3 }]],
  ['confidence<=60%', [{ field: 'confidence', op: 'atMost', value: 0.6 }]],
  ['-confidence<0.6', [{ none: [{ field: 'confidence', op: 'under', value: 0.6 }] }]],
  ['year:1990', [{ field: 'year', op: 'is', value: 1990 }]],
  ['-year:1990', [{ field: 'year', op: 'isNot', value: 1990 }]],
  ['year:1990..1999', [{ field: 'year', op: 'between', from: 1990, to: 1999 }]],
  ['year:2000..', [{ field: 'year', op: 'atLeast', value: 2000 }]],
  ['duration>10:00', [{ field: 'duration', op: 'over', value: 600 }]],
  [
    'valence:0.5',
    [
      { field: 'valence', op: 'atLeast', value: 0.45 },
      { field: 'valence', op: 'under', value: 0.55 },
    ],
  ],
  ['state:unreviewed', [{ field: 'state', op: 'is', value: 'analysed' }]],
  [
    'heard:rock or heard:metal year:1990',
    [
      {
        any: [
          { field: 'heardGenre', op: 'is', value: 'Rock' },
          { field: 'heardGenre', op: 'is', value: 'Metal' },
        ],
      },
      { field: 'year', op: 'is', value: 1990 },
    ],
  ],
  ['colour:red artist:queen', [{ field: 'artist', op: 'contains', value: 'queen' }]],
];

describe('a playlist of a search', () => {
  it.each(CASES)('%s', (search, rules) => {
    const rule = ruleFromSearch(parseSearch(search));
    expect(rule).toEqual({ all: rules });
    expect(ruleSchema.safeParse(rule).success).toBe(true);
  });
});
