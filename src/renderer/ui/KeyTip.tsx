import { Kbd, Tooltip, type TooltipProps } from '@mantine/core';
import styles from './KeyTip.module.css';

/** A tooltip that also shows the key that does the same. */
export function KeyTip({
  label,
  keys,
  children,
  ...rest
}: Omit<TooltipProps, 'label'> & { label: string; keys?: string }) {
  return (
    <Tooltip
      {...rest}
      label={
        <span className={styles.tip}>
          {label}
          {keys && <Kbd size="xs">{keys}</Kbd>}
        </span>
      }
    >
      {children}
    </Tooltip>
  );
}
