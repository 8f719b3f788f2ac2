import { create } from 'zustand';

export interface Toast {
  readonly id: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  /** Stays until it is dismissed. */
  readonly stays?: boolean | undefined;
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface ToastState {
  readonly toasts: readonly Toast[];
  readonly show: (toast: Omit<Toast, 'id'>) => void;
  readonly dismiss: (id: number) => void;
}

/** How many stay on the screen; older ones give way. */
const MOST = 3;
const SHOWN_MS = { info: 5_000, warning: 10_000, error: 15_000 } as const;

let nextId = 1;

export const useToasts = create<ToastState>((set, get) => ({
  toasts: [],
  show(toast) {
    const id = nextId++;
    set({ toasts: [...get().toasts, { ...toast, id }].slice(-MOST) });
    if (toast.stays) return;
    setTimeout(() => {
      get().dismiss(id);
    }, SHOWN_MS[toast.level]);
  },
  dismiss(id) {
    set({ toasts: get().toasts.filter((toast) => toast.id !== id) });
  },
}));

/** Shows what went wrong with something the user asked for. */
export function showError(error: unknown): void {
  useToasts.getState().show({ level: 'error', message: error instanceof Error ? error.message : String(error) });
}
