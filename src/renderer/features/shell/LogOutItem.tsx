import { Menu } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isLoggedIn, logOut } from '../../connect';
import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';

/** Stands in the menu where somebody has logged in with a password; under Electron, and with a token, there is nothing to leave. */
export function LogOutItem() {
  const [canLeave, setCanLeave] = useState(false);
  useEffect(() => {
    if (window.genregram) return;
    isLoggedIn()
      .then(setCanLeave)
      // Without a connection there is nothing to leave either.
      .catch(() => undefined);
  }, []);
  if (!canLeave) return null;
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
