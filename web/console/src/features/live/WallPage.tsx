/** `/wall/:id`: a wall that nobody operates: a saved view, a tour, or the camera selected in another window. */
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '@/api/events';
import { sessionEnd } from '@/api/session-gate';
import { useCameras } from '@/api/cameras';
import type { Camera } from '@/api/types';
import { useTours, useViews } from '@/api/views';
import { useStore } from '@/state/store';
import classes from './live.module.css';
import { followSpot } from './wall/spot-channel';
import { useTour } from './wall/useTour';
import { useWakeLock } from './wall/useWakeLock';
import { showView } from './wall/useWall';
import { changeWall, emptyWall, type WallState } from './wall/wall-state';
import { WallGrid } from './wall/WallGrid';

const route = getRouteApi('/signed-in/wall/$id');
const none = () => undefined;

export function WallPage() {
  const { t } = useTranslation('live');
  const { id } = route.useParams();
  const cameras = useCameras();
  const isOver = useStore(sessionEnd) !== null;
  useWakeLock();
  if (isOver) return <div className={classes['black']}>{t('state.session_ended')}</div>;
  if (!cameras.data) return <div className={classes['black']} />;
  const live = cameras.data.filter((camera) => camera.live !== null);
  return (
    <main className={classes['unattended']} aria-label={t('wall')}>
      {id === 'spot' ? <SpotWall cameras={live} /> : <SavedWall id={id} cameras={live} />}
    </main>
  );
}

function SpotWall({ cameras }: { cameras: Camera[] }) {
  const { t } = useTranslation('live');
  const [camera_id, follow] = useState<string | null>(null);
  useEffect(() => followSpot(follow), []);
  if (camera_id === null) return <div className={classes['black']}>{t('spot_waiting')}</div>;
  return <Unattended state={{ ...emptyWall, layout: '1', cells: [camera_id] }} cameras={cameras} />;
}

function SavedWall({ id, cameras }: { id: string; cameras: Camera[] }) {
  const { t } = useTranslation('live');
  const views = useViews();
  const tours = useTours();
  const [shown, setShown] = useState<string | null>(null);
  const { touring, begin } = useTour(views.data ?? [], (view) => setShown(view.id));
  const tour = tours.data?.find((candidate) => candidate.id === id);
  const view = views.data?.find((candidate) => candidate.id === (touring ? shown : id));
  useEffect(() => {
    if (tour && views.data && !touring) begin(tour);
    // Begun once, when both lists are there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [tour, views.data]);
  if (!view) return <div className={classes['black']}>{views.isPending || tours.isPending ? '' : t('no_view')}</div>;
  return <Unattended state={changeWall(emptyWall, showView(view))} cameras={cameras} />;
}

function Unattended({ state, cameras }: { state: WallState; cameras: Camera[] }) {
  const { t } = useTranslation('live');
  const isAway = useStore(connection) === 'away';
  return (
    <>
      <WallGrid state={{ ...state, selected: -1 }} change={none} cameras={cameras} isAwake isUnattended />
      {isAway && <div className={classes['offline']}>{t('away')}</div>}
    </>
  );
}
