import { Menu } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { logOut, readSession } from '../../connect';
import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';

/** Stands in the menu where somebody has logged in with a password; under Electron, and with a token, there is nothing to leave. */
export function LogOutItem() {
  const [isLoggedIn, setLoggedIn] = useState(false);
  useEffect(() => {
    if (!window.genregram) void readSession().then((session) => setLoggedIn(session === 'logged-in'));
  }, []);
  if (!isLoggedIn) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<LogOut size={14} aria-hidden="true" />}
        onClick={() => {
          logOut(window.location).catch(showError);
        }}
      >
        {strings.serve.logOut}
      </Menu.Item>
    </>
  );
}
