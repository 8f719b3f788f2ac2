import { FolderDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { strings } from '../../strings';
import styles from './DropZone.module.css';
import { isDraggedOut } from '../library/drag-out';
import { useFolderStore } from './folder-store';
import { useAddFolders } from './use-add-folders';

/** Takes folders dropped anywhere on the window. A browser hides where they are, so there the chooser comes up instead. */
export function DropZone() {
  const [over, setOver] = useState(false);
  const { add } = useAddFolders();

  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean =>
      !isDraggedOut() && (event.dataTransfer?.types.includes('Files') ?? false);
    const onEnter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth++;
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const { genregram } = window;
      if (!genregram) {
        useFolderStore.getState().open(strings.folders.browserDrop);
        return;
      }
      const files = [...(event.dataTransfer?.files ?? [])];
      void add(files.map((file) => genregram.pathForFile(file)).filter((path) => path !== ''));
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [add]);

  if (!over) return null;
  return (
    <div className={styles.zone}>
      <div className={styles.card}>
        <FolderDown size={32} strokeWidth={1.5} aria-hidden="true" />
        <strong>{strings.folders.dropHere}</strong>
        <span>{strings.folders.dropHereText}</span>
      </div>
    </div>
  );
}
