/** The derived copy of an order: which cameras, what is hidden in them, what is burnt in. */
import { Checkbox, Fieldset, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportWarning } from '@/api/exports';
import { type RequestDetail, useAvailability } from '@/api/footage';
import { cameraName } from '@/ui/camera-names';
import { MaskEditor } from './MaskEditor';
import { type Wish, masksOf, shown, withCamera, withMasks } from './masks';

type Props = { request: RequestDetail; wish: Wish | null; watermark: string | null; warnings: readonly ExportWarning[]; onChange: (wish: Wish | null) => void };

export function DerivedSection({ request, wish, watermark, warnings, onChange }: Props) {
  const { t } = useTranslation('exports');
  const found = useAvailability(request.id, wish !== null).data?.items ?? [];
  const of = <Row extends { camera_id: string }>(rows: readonly Row[], camera_id: string) => rows.filter((one) => one.camera_id === camera_id);
  const items = request.items.filter((one) => !one.is_live_only);
  const cameras = [...new Map(items.map((one) => [one.camera_id, one])).values()];
  const first: Wish = { watermark: true, cameras: cameras.length === 1 && cameras[0] ? [{ camera_id: cameras[0].camera_id, masks: [] }] : [] };
  return (
    <>
      <Checkbox label={t('derived.ask')} description={t('derived.ask_says')} checked={wish !== null} onChange={(event) => onChange(event.currentTarget.checked ? first : null)} />
      {wish && (
        <Fieldset legend={t('derived.title')}>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">{t('derived.says')}</Text>
            <Checkbox label={t('derived.watermark')} description={watermark ? <span lang="tr">{t('derived.watermark_says', { text: watermark })}</span> : undefined}
              checked={wish.watermark} onChange={(event) => onChange({ ...wish, watermark: event.currentTarget.checked })} />
            {cameras.map((camera) => {
              const name = cameraName({ number: camera.camera_number, name: camera.camera_name });
              const isWanted = wish.cameras.some((one) => one.camera_id === camera.camera_id);
              return (
                <div key={camera.camera_id}>
                  <Checkbox label={<span lang="tr">{name}</span>} checked={isWanted} onChange={(event) => onChange(withCamera(wish, camera.camera_id, event.currentTarget.checked))} />
                  {isWanted && (
                    <MaskEditor camera_id={camera.camera_id} name={name} spans={shown(of(items, camera.camera_id), of(found, camera.camera_id).flatMap((one) => one.missing))} masks={masksOf(wish, camera.camera_id)}
                      moves_us={of(warnings, camera.camera_id).map((one) => one.at_us)}
                      onChange={(masks, isOpen) => onChange(withMasks(wish, camera.camera_id, masks, isOpen))} />
                  )}
                </div>
              );
            })}
          </Stack>
        </Fieldset>
      )}
    </>
  );
}
