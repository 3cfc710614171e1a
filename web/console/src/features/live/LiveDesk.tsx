/** Everything around the wall that a person reaches for. */
import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, Me, SavedView, Tour } from '@/api/types';
import { IconFull, IconFullExit, IconTree } from '@/theme/icons';
import { AskHoldDialog, KeysDialog, SaveViewDialog, TreeDrawer } from './dialogs';
import type { LiveSearch } from './search';
import classes from './live.module.css';
import { LayoutMenu } from './toolbar/LayoutMenu';
import { ScreenMenu } from './toolbar/ScreenMenu';
import toolbar from './toolbar/toolbar.module.css';
import { TourBar } from './toolbar/TourBar';
import { ViewMenu } from './toolbar/ViewMenu';
import { CameraTree } from './tree/CameraTree';
import { openWall } from './wall/open-wall';
import { useFullScreen } from './wall/useFullScreen';
import { useTour } from './wall/useTour';
import { showView, useWall } from './wall/useWall';
import { Wall, type WallCommands } from './wall/Wall';

type Props = { me: Me; cameras: Camera[]; views: SavedView[]; tours: Tour[]; asked: LiveSearch };

export function LiveDesk({ me, cameras, views, tours, asked }: Props) {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  const isNarrow = useMediaQuery('(max-width: 700px)') ?? false;
  const container = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [isTreeOpen, setTreeOpen] = useState(!window.matchMedia('(max-width: 1100px)').matches);
  const [dialog, setDialog] = useState<'save' | 'keys' | null>(null);
  const [held, setHeld] = useState<Camera | null>(null);
  const askedView = views.find((view) => view.id === asked.view) ?? null;
  const [state, change] = useWall({ owner_id: me.id, cameras, view: askedView });
  const full = useFullScreen(container);
  const live = useMemo(() => cameras.filter((camera) => camera.live !== null), [cameras]);
  const shown = useMemo(() => new Set(state.cells.filter((id) => id !== null)), [state.cells]);
  const current = views.find((view) => view.id === state.view_id);
  const show = (view: SavedView) => {
    change(showView(view));
    void navigate({ to: '/live', search: { view: view.id }, replace: true });
  };
  const { touring, begin, pause } = useTour(views, show);

  useEffect(() => {
    if (!asked.camera) return;
    change({ do: 'place', camera_id: asked.camera });
    void navigate({ to: '/live', search: asked.view ? { view: asked.view } : {}, replace: true });
  }, [asked.camera, asked.view, change, navigate]);

  const came = useRef(state.view_id);
  useEffect(() => {
    // A wall that was changed is no view any more: the address must not bring the view back when it is loaded anew.
    const hasLeft = came.current !== null && state.view_id === null;
    came.current = state.view_id;
    if (hasLeft && asked.view) void navigate({ to: '/live', search: {}, replace: true });
  }, [state.view_id, asked.view, navigate]);

  const focusWall = () => container.current?.querySelector<HTMLElement>('[data-tile][tabindex="0"]')?.focus();
  const stepView = (step: 1 | -1) => {
    const at = views.findIndex((view) => view.id === state.view_id);
    const next = views[at < 0 ? (step > 0 ? 0 : views.length - 1) : (at + step + views.length) % views.length];
    if (next) show(next);
  };
  const commands: WallCommands = {
    search: () => {
      setTreeOpen(true);
      setTimeout(() => search.current?.focus(), 0);
    },
    stepView,
    tour: () => (touring ? touring.toggle() : tours[0] && begin(tours[0])),
    keys: () => setDialog('keys'),
    fullScreen: full.toggle,
    askHold: me.actions.includes('ask_for_hold') ? setHeld : null,
    touched: pause,
  };
  const tree = (
    <CameraTree
      cameras={live}
      shown={shown}
      search={search}
      onLeave={focusWall}
      onPick={(camera) => {
        change({ do: 'place', camera_id: camera.id });
        if (isNarrow) setTreeOpen(false);
        pause();
      }}
    />
  );

  return (
    <div className={classes['page']}>
      {isTreeOpen && isNarrow && <TreeDrawer onClose={() => setTreeOpen(false)}>{tree}</TreeDrawer>}
      {isTreeOpen && !isNarrow && (
        <aside className={classes['side']} aria-label={t('tree.title')}>
          {tree}
        </aside>
      )}
      <div className={classes['main']}>
        <div className={toolbar['toolbar']} role="toolbar" aria-label={t('toolbar.label')}>
          <ActionIcon variant="default" size={30} className={toolbar['toggle']} aria-label={t('tree.title')} title={t('tree.title')} aria-pressed={isTreeOpen} onClick={() => setTreeOpen(!isTreeOpen)}>
            <IconTree size={18} />
          </ActionIcon>
          <ViewMenu views={views} tours={tours} current={current} onShow={show} onTour={begin} onSave={() => setDialog('save')} />
          <LayoutMenu layout={state.layout} onChoose={(layout) => change({ do: 'layout', layout })} mayBeLarge={me.roles.some((role) => role === 'sysadmin' || role === 'shared_account')} />
          {touring && !full.isFull && <TourBar touring={touring} />}
          <span className={toolbar['space']} />
          <ScreenMenu
            onKeys={() => setDialog('keys')}
            onSpotWindow={() => openWall('spot')}
            onWindow={() => (state.view_id ? openWall(state.view_id) : setDialog('save'))}
          />
          <ActionIcon variant="default" size={30} aria-label={t('toolbar.full')} title={t('toolbar.full')} onClick={full.toggle}>
            {full.isFull ? <IconFullExit size={18} /> : <IconFull size={18} />}
          </ActionIcon>
        </div>
        <Wall container={container} state={state} change={change} cameras={live} commands={commands} isFilled={full.isFilled}>
          {touring && full.isFull && <TourBar touring={touring} />}
        </Wall>
      </div>
      {dialog === 'save' && (
        <SaveViewDialog
          state={state}
          views={views}
          onClose={() => setDialog(null)}
          onSaved={(view) => {
            setDialog(null);
            show(view);
          }}
        />
      )}
      {held && <AskHoldDialog camera={held} onClose={() => setHeld(null)} />}
      {dialog === 'keys' && <KeysDialog onClose={() => setDialog(null)} />}
    </div>
  );
}
