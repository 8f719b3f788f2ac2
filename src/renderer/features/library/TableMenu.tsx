import { ActionIcon, Menu } from '@mantine/core';
import { Columns3Cog } from 'lucide-react';
import { GROUP_BYS } from '#shared/contract/grouping';
import { strings } from '../../strings';
import { COLUMN_KEYS } from './columns';
import { useLibraryStore } from './library-store';

/** At the end of the head: how the table is grouped, and which columns it has. */
export function TableMenu() {
  const { groupBy, setGroupBy, columns, showColumn, resetColumns } = useLibraryStore();
  return (
    <Menu position="bottom-end" width={208} withinPortal>
      <Menu.Target>
        <ActionIcon size={24} aria-label={strings.table.menu}>
          <Columns3Cog size={14} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{strings.groups.by}</Menu.Label>
        {([null, ...GROUP_BYS] as const).map((each) => (
          <Menu.RadioItem
            key={each ?? 'nothing'}
            value={each ?? 'nothing'}
            checked={groupBy === each}
            closeMenuOnClick
            onChange={() => {
              setGroupBy(each);
            }}
          >
            {strings.groups.names[each ?? 'nothing']}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Label>{strings.table.columns}</Menu.Label>
        {COLUMN_KEYS.map((key) => (
          <Menu.CheckboxItem
            key={key}
            checked={columns.shown.includes(key)}
            onChange={(shown) => {
              showColumn(key, shown);
            }}
          >
            {strings.columns[key]}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={resetColumns}>{strings.table.reset}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
