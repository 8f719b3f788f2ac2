import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';
import { useFolderStore } from '../folders/folder-store';

/** Asks for a folder by the system's dialog, or by our own where there is none. */
export function useChooseFolder(): (title: string, onChoose: (path: string) => void) => void {
  const ask = useFolderStore((state) => state.ask);
  return (title, onChoose) => {
    if (!window.genregram) {
      ask({ title, verb: strings.evaluate.setup.verb, onChoose });
      return;
    }
    window.genregram.pickFolders().then(([path]) => {
      if (path !== undefined) onChoose(path);
    }, showError);
  };
}
