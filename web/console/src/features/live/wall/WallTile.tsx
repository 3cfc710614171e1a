/** A cell with a camera: focus, dragging, its buttons. */
import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, StreamKind } from '@/api/types';
import type { Transport } from '@/players/player';
import { IconClose, IconFull, IconFullExit, IconLock, IconMore, IconPlayback, IconSpot } from '@/theme/icons';
import { Tile } from '../tile/Tile';
import { allowDrop, dragCell, dropped } from './drag';
import type { WallAct } from './wall-state';
import classes from './wall.module.css';

type Props = {
  cell: number;
  camera: Camera;
  isSelected: boolean;
  isZoomed: boolean;
  isAwake: boolean;
  isUnattended: boolean;
  stream: StreamKind;
  prefer: Transport;
  style: CSSProperties;
  change: (act: WallAct) => void;
  askHold: ((camera: Camera) => void) | null;
};

export function WallTile(props: Props) {
  const { cell, camera, isSelected, isZoomed, isUnattended, style, change } = props;
  const { t } = useTranslation('live');
  const node = useRef<HTMLDivElement>(null);
  const zoom = () => {
    change({ do: 'select', cell });
    change({ do: 'zoom' });
  };
  return (
    <div
      ref={node}
      className={classes['cell']}
      style={style}
      data-tile
      data-cell={cell}
      data-selected={isSelected}
      role="group"
      aria-label={t('tile_label', { number: camera.number, name: camera.name })}
      aria-current={isSelected}
      tabIndex={isSelected ? 0 : -1}
      draggable={!isUnattended}
      onDragStart={(event) => dragCell(event, cell, node.current?.querySelector(`[data-camera] > div`) ?? null)}
      onDragOver={allowDrop}
      onDrop={(event) => {
        const act = dropped(event, cell);
        if (act) change(act);
      }}
      onFocus={() => change({ do: 'select', cell })}
      onClick={() => node.current?.contains(document.activeElement) || node.current?.focus()}
      onDoubleClick={zoom}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Tile
        camera={camera}
        stream={props.stream}
        prefer={props.prefer}
        isAwake={props.isAwake}
        actions={isUnattended ? null : <Actions {...props} isZoomed={isZoomed} zoom={zoom} />}
      />
    </div>
  );
}

function Actions({ camera, cell, isZoomed, change, askHold, zoom }: Props & { zoom: () => void }) {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  return (
    <span className={classes['actions']} onDoubleClick={(event) => event.stopPropagation()}>
      <ActionIcon variant="transparent" color="gray.3" size={26} aria-label={t(isZoomed ? 'unzoom' : 'zoom')} title={t(isZoomed ? 'unzoom' : 'zoom')} onClick={zoom}>
        {isZoomed ? <IconFullExit size={17} /> : <IconFull size={17} />}
      </ActionIcon>
      <Menu position="top-end">
        <Menu.Target>
          <ActionIcon variant="transparent" color="gray.3" size={26} aria-label={t('more')} title={t('more')}>
            <IconMore size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {camera.number} · {camera.name}
          </Menu.Label>
          {cell !== 0 && (
            <Menu.Item leftSection={<IconSpot size={17} />} onClick={() => change({ do: 'exchange', from: cell, to: 0 })}>
              {t('to_spot')}
            </Menu.Item>
          )}
          {camera.playback && (
            <Menu.Item
              leftSection={<IconPlayback size={17} />}
              onClick={() => void navigate({ to: '/playback', search: { cameras: [camera.id] } })}
            >
              {t('to_playback')}
            </Menu.Item>
          )}
          {askHold && (
            <Menu.Item leftSection={<IconLock size={17} />} onClick={() => askHold(camera)}>
              {t('ask_hold.title')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconClose size={17} />} onClick={() => change({ do: 'clear', cell })}>
            {t('clear')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
