/** The choice of arrangement, drawn as it will look. */
import { Button, Menu, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LAYOUTS, layoutOf, type LayoutId } from '../wall/layouts';
import classes from './toolbar.module.css';

export function LayoutDrawing({ id, size = 34 }: { id: LayoutId; size?: number }) {
  const { cells, columns, rows } = layoutOf(id);
  const [width, height] = id.startsWith('p') ? [size * 0.56, size] : [size, size * 0.62];
  const gap = 1.2;
  const [w, h] = [width / columns, height / rows];
  return (
    <svg width={width} height={height} aria-hidden="true">
      {cells.map((cell) => (
        <rect
          key={`${cell.column}/${cell.row}`}
          x={cell.column * w + gap / 2}
          y={cell.row * h + gap / 2}
          width={cell.width * w - gap}
          height={cell.height * h - gap}
          rx="1"
          fill="currentColor"
        />
      ))}
    </svg>
  );
}

type Props = { layout: LayoutId; onChoose: (layout: LayoutId) => void; mayBeLarge: boolean };

export function LayoutMenu({ layout, onChoose, mayBeLarge }: Props) {
  const { t } = useTranslation('live');
  const offered = LAYOUTS.filter((id) => mayBeLarge || layoutOf(id).cells.length <= 16);
  return (
    <Menu position="bottom-start" width={264}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<LayoutDrawing id={layout} size={22} />} aria-label={t('toolbar.layout_now', { name: t(`layout.${layout}`) })}>
          {t(`layout.${layout}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('toolbar.layout')}</Menu.Label>
        <SimpleGrid cols={3} spacing={4} p={4}>
          {offered.map((id) => (
            <Menu.Item key={id} p={0} onClick={() => onChoose(id)} aria-current={id === layout} className={classes['layout']}>
              <span className={classes['drawing']}>
                <LayoutDrawing id={id} />
              </span>
              {t(`layout.${id}`)}
            </Menu.Item>
          ))}
        </SimpleGrid>
      </Menu.Dropdown>
    </Menu>
  );
}
