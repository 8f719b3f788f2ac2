import { Button } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { useComparisonStore } from './comparison-store';

/** Opens the comparison of models on a track, on the windows that its own result is from. */
export function CompareButton({ row, detail }: { row: TrackRow; detail: TrackDetail | null }) {
  const open = useComparisonStore((state) => state.open);
  const plan = row.stale ? 'all' : (detail?.analysis?.plan ?? 'all');
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        ml={-8}
        leftSection={<Columns3 size={14} aria-hidden="true" />}
        onClick={() => {
          open({ row, plan });
        }}
      >
        {strings.comparison.open}
      </Button>
    </div>
  );
}
