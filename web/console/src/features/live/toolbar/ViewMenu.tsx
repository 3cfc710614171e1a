/** Saved views and tours, to be shown at once. */
import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SavedView, Tour } from '@/api/types';
import { IconChevron, IconPlay, IconSave, IconViews } from '@/theme/icons';
import { LayoutDrawing } from './LayoutMenu';
import { layoutOf } from '../wall/layouts';

type Props = {
  views: SavedView[];
  tours: Tour[];
  current: SavedView | undefined;
  onShow: (view: SavedView) => void;
  onTour: (tour: Tour) => void;
  onSave: () => void;
};

export function ViewMenu({ views, tours, current, onShow, onTour, onSave }: Props) {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconViews size={17} />} rightSection={<span style={{ display: 'flex', transform: 'rotate(90deg)' }}><IconChevron size={14} /></span>}>
          {current?.name ?? t('toolbar.unsaved')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Item leftSection={<IconSave size={17} />} onClick={onSave}>
          {t('toolbar.save')}
        </Menu.Item>
        {views.length > 0 && <Menu.Label>{t('toolbar.views')}</Menu.Label>}
        {views.map((view) => (
          <Menu.Item key={view.id} onClick={() => onShow(view)} aria-current={view.id === current?.id} leftSection={<LayoutDrawing id={layoutOf(view.layout).id} size={20} />}>
            {view.name}
          </Menu.Item>
        ))}
        {tours.length > 0 && <Menu.Label>{t('toolbar.tours')}</Menu.Label>}
        {tours.map((tour) => (
          <Menu.Item key={tour.id} onClick={() => onTour(tour)} leftSection={<IconPlay size={17} />}>
            {tour.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void navigate({ to: '/views' })}>{t('toolbar.manage')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
