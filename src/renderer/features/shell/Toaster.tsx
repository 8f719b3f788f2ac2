import { ActionIcon, Button } from '@mantine/core';
import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useToasts, type Toast } from '../../ui/use-toasts';
import styles from './Toaster.module.css';

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** Short messages at the foot of the window; they never take the focus. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite" aria-label="Messages">
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Message({ toast }: { toast: Toast }) {
  const dismiss = useToasts((state) => state.dismiss);
  const Icon = ICONS[toast.level];
  return (
    <div className={styles.toast} data-level={toast.level}>
      <Icon size={16} aria-hidden="true" />
      <span className={styles.message}>{toast.message}</span>
      {toast.action && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            toast.action?.run();
            dismiss(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <ActionIcon
        size={20}
        aria-label="Dismiss"
        onClick={() => {
          dismiss(toast.id);
        }}
      >
        <X size={12} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
