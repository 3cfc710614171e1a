/** `/live`: the wall with its tree of cameras. */
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCameras } from '@/api/cameras';
import { useMe } from '@/api/session';
import { useTours, useViews } from '@/api/views';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { LiveDesk } from './LiveDesk';

const route = getRouteApi('/signed-in/shell/live');

export function LivePage() {
  const { t } = useTranslation('live');
  const me = useMe();
  const cameras = useCameras();
  const views = useViews();
  const tours = useTours();
  const { view, camera } = route.useSearch();
  if (!me) return null;
  if (!cameras.data && cameras.error) return <PageFailure error={cameras.error} onRetry={() => void cameras.refetch()} />;
  // The wall is begun once, so it waits for what it may begin with.
  if (!cameras.data || views.isPending || tours.isPending) return <PageLoading />;
  return (
    <>
      <h1 className="nz-hidden">{t('title')}</h1>
      <LiveDesk me={me} cameras={cameras.data} views={views.data ?? []} tours={tours.data ?? []} asked={{ view, camera }} />
    </>
  );
}
