import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';
import { comparisonHandlers } from './comparison';
import { decisionHandlers } from './decisions';
import { describingHandlers } from './describing';
import { doctorHandlers } from './doctor';
import { evaluationHandlers } from './evaluation';
import { findingHandlers } from './finding';
import { genreHandlers } from './genres';
import { handsFreeHandlers } from './hands-free';
import { historyHandlers } from './history';
import { insightHandlers } from './insight';
import { jobHandlers } from './jobs';
import { modelHandlers } from './models';
import { playbackHandlers } from './playback';
import { playlistExportHandlers } from './playlist-export';
import { playlistHandlers } from './playlists';
import { reviewHandlers } from './review';
import { rootHandlers } from './roots';
import { settingsHandlers } from './settings';
import { trackHandlers } from './tracks';
import { writeHandlers } from './write';

export const createHandlers = (context: Context): Handlers => ({
  ...rootHandlers(context),
  ...trackHandlers(context),
  ...findingHandlers(context),
  ...playlistHandlers(context),
  ...playlistExportHandlers(context),
  ...jobHandlers(context),
  ...decisionHandlers(context),
  ...reviewHandlers(context),
  ...settingsHandlers(context),
  ...genreHandlers(context),
  ...writeHandlers(context),
  ...handsFreeHandlers(context),
  ...historyHandlers(context),
  ...modelHandlers(context),
  ...comparisonHandlers(context),
  ...playbackHandlers(context),
  ...doctorHandlers(context),
  ...insightHandlers(context),
  ...evaluationHandlers(context),
  ...describingHandlers(context),
});
