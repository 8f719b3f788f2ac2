import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { strings } from '../../strings';
import { duplicateNode, indentNode, moveNode, outdentNode, removeNode, type Change } from './draft';
import type { Builder } from './RuleGroup';

const words = strings.playlists;

interface NodeMenuProps {
  readonly id: number;
  readonly place: string;
  readonly builder: Builder;
}

/** What can be done to a condition or a group, with the keys that do the same. */
export function NodeMenu({ id, place, builder }: NodeMenuProps) {
  const { rule, apply } = builder;
  const item = (name: keyof typeof words.nodeMenu, change: Change) => (
    <Menu.Item
      rightSection={words.nodeKeys[name]}
      disabled={change.rule === rule}
      onClick={() => {
        apply(change);
      }}
    >
      {words.nodeMenu[name]}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={216} returnFocus={false}>
      <Menu.Target>
        <ActionIcon size={24} aria-label={words.part.menu(place)}>
          <Ellipsis size={14} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item('duplicate', duplicateNode(rule, id))}
        {item('up', moveNode(rule, id, -1))}
        {item('down', moveNode(rule, id, 1))}
        {item('indent', indentNode(rule, id))}
        {item('outdent', outdentNode(rule, id))}
        <Menu.Divider />
        {item('remove', removeNode(rule, id))}
      </Menu.Dropdown>
    </Menu>
  );
}
