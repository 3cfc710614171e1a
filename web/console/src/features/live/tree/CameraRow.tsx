/** One camera of the tree: how it stands, its number, its name. */
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { StateShape, type ShapeName } from '@/theme/shapes';
import { isNotRecording } from '../tile/tile-state';
import { dragCamera } from '../wall/drag';
import classes from './tree.module.css';

function standing(camera: Camera): { shape: ShapeName; word: string } {
  if (isNotRecording(camera)) return { shape: 'not_recording', word: 'not_recording' };
  if (camera.is_content_frozen) return { shape: 'paused', word: 'state.frozen' };
  if (camera.state === 'waiting' || camera.state === 'away') return { shape: 'warning', word: 'state.no_picture' };
  if (camera.state === 'connecting') return { shape: 'connecting', word: 'state.connecting' };
  return { shape: 'recording', word: camera.state === 'recording' ? 'recording' : 'state.live' };
}

type Props = { camera: Camera; isShown: boolean; onPick: (camera: Camera) => void };

export function CameraRow({ camera, isShown, onPick }: Props) {
  const { t } = useTranslation('live');
  const { shape, word } = standing(camera);
  return (
    <button
      type="button"
      data-row
      className={classes['row']}
      data-shown={isShown}
      draggable
      onDragStart={(event) => dragCamera(event, camera.id)}
      onClick={() => onPick(camera)}
      title={t('tree.pick', { name: camera.name })}
    >
      <span className={classes['shape']} data-shape={shape}>
        <StateShape shape={shape} />
        <span className="nz-hidden">{t(word)}</span>
      </span>
      <span className={classes['number']}>{camera.number}</span>
      <span className={classes['name']} lang="tr">
        {camera.name}
      </span>
      {isShown && <span className={classes['mark']} title={t('tree.shown')} />}
    </button>
  );
}
