import { AudioWaveform, Mic } from 'lucide-react';
import { isNotMusic } from '#shared/domain/analysis';
import type { TrackRow } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import styles from './ContentBadge.module.css';

/** Says that a track is speech or other sound; nothing for music, and nothing where that isn't sure. */
export function ContentBadge({ content }: { content: TrackRow['content'] }) {
  if (!content || !isNotMusic(content)) return null;
  const Icon = content.top === 'speech' ? Mic : AudioWaveform;
  return (
    <p className={styles.badge} title={strings.content.help}>
      <Icon size={13} aria-hidden="true" />
      {strings.content.badge[content.top] ?? strings.content.badge.other}
      <span className={styles.sure}>{formatShare(content.confidence)} sure</span>
    </p>
  );
}
