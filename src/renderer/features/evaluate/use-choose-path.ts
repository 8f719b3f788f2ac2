import type { PickedKind } from '#shared/contract/preload-api';
import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';
import { useFolderStore } from '../folders/folder-store';

const say = strings.evaluate.setup;

/** Asks for a folder or a table by the system's dialog, or by our own where there is none. */
export function useChoosePath(): (what: PickedKind, title: string, onChoose: (path: string) => void) => void {
  const ask = useFolderStore((state) => state.ask);
  return (what, title, onChoose) => {
    if (!window.genregram) {
      ask({ title, verb: what === 'folder' ? say.verb : null, onChoose });
      return;
    }
    window.genregram.pickOne(what).then((path) => {
      if (path !== null) onChoose(path);
    }, showError);
  };
}
