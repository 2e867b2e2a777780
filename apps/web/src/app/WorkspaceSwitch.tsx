import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useRight, useSession, useWorkspace } from './session.ts';
import { useText } from './text.tsx';
import classes from './WorkspaceSwitch.module.css';

const NewWorkspace = lazy(async () => ({
  default: (await import('./NewWorkspace.tsx')).NewWorkspace,
}));

export function WorkspaceSwitch() {
  const t = useText();
  const { workspaces } = useSession();
  const current = useWorkspace();
  const navigate = useNavigate();
  const mayFound = useRight('users.write');
  const [founding, setFounding] = useState(false);
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <UnstyledButton
            className={classes.button}
            aria-label={t('app.workspace.switch', { name: current.name })}
          >
            <span className={classes.name} dir="auto">
              {current.name}
            </span>
            {current.sample ? (
              <span className={classes.tag}>{t('app.workspace.sample')}</span>
            ) : null}
            <IconSelector size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {workspaces.map((workspace) => (
            <Menu.Item
              key={workspace.id}
              rightSection={workspace.id === current.id ? <IconCheck size={16} /> : null}
              onClick={() => void navigate(`/w/${workspace.slug}`)}
            >
              <span dir="auto">{workspace.name}</span>
            </Menu.Item>
          ))}
          {mayFound ? (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setFounding(true)}>
                {t('app.workspace.new')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {founding ? (
        <Suspense fallback={null}>
          <NewWorkspace onClose={() => setFounding(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
