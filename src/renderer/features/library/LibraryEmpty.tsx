import { Button } from '@mantine/core';
import { CircleAlert, FolderPlus, ListChecks, Music, Search, SearchX } from 'lucide-react';
import { useJobs, useRoots } from '../../api/queries';
import { strings } from '../../strings';
import { EmptyState } from '../../ui/EmptyState';
import { useAddFolders } from '../folders/use-add-folders';
import { isActive } from '../jobs/job-words';
import { useScan } from '../jobs/use-scan';
import { useLibraryStore } from './library-store';
import type { Library } from './use-library';

/** Why the list is empty, and what to do next. */
export function LibraryEmpty({ library }: { library: Library }) {
  const roots = useRoots();
  const jobs = useJobs();
  const addFolders = useAddFolders();
  const scan = useScan();
  const { setText, setQuick } = useLibraryStore();
  const { text, quick } = library.query;

  const error = library.error ?? roots.error;
  if (error) return <EmptyState icon={CircleAlert} title={strings.empty.unreadable} text={error.message} />;
  if (roots.data?.length === 0)
    return (
      <EmptyState icon={Music} title={strings.empty.noFolders.title} text={strings.empty.noFolders.text}>
        <Button leftSection={<FolderPlus size={14} aria-hidden="true" />} onClick={() => void addFolders.choose()}>
          {strings.folders.add}
        </Button>
        <p style={{ width: '100%', margin: 0, color: 'var(--text-3)' }}>{strings.empty.noFolders.drop}</p>
      </EmptyState>
    );
  if (text !== '')
    return (
      <EmptyState icon={SearchX} title={strings.empty.noMatch.title} text={strings.empty.noMatch.text(text)}>
        <Button
          variant="default"
          onClick={() => {
            setText('');
          }}
        >
          Clear the filter
        </Button>
      </EmptyState>
    );
  if (quick !== 'all')
    return (
      <EmptyState icon={ListChecks} title="Nothing here" text={strings.empty.filters[quick]}>
        <Button
          variant="default"
          onClick={() => {
            setQuick('all');
          }}
        >
          Show all tracks
        </Button>
      </EmptyState>
    );
  if (jobs.data?.some(isActive)) return <EmptyState icon={Search} {...strings.empty.scanning} />;
  return (
    <EmptyState icon={Music} {...strings.empty.noTracks}>
      <Button onClick={() => void scan.start()}>Scan</Button>
    </EmptyState>
  );
}
