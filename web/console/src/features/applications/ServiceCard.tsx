/** The service as the catalogue has it: who asks at the counter is told who may apply, with what, how long it takes. */
import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useService } from '@/api/service';
import { Facts } from '@/ui/Facts';
import { lawWords } from '@/features/requests/law';

export function ServiceCard() {
  const { t, i18n } = useTranslation('applications');
  const service = useService().data;
  if (!service) return null;
  const isTurkish = i18n.language === 'tr';
  const list = (lines: readonly string[]) => lines.map((one) => <div key={one}>{one}</div>);
  return (
    <Box component="details" mt="sm">
      <summary>{t('service.title', { name: isTurkish ? service.name_tr : service.name_en })}</summary>
      <Facts rows={[
        [t('service.about'), isTurkish ? service.about_tr : service.about_en],
        [t('service.applicants'), isTurkish ? service.applicants_tr : service.applicants_en],
        [t('service.documents'), list(isTurkish ? service.documents_tr : service.documents_en)],
        [t('service.takes'), t('service.hours', { target: service.target_hours, limit: service.limit_hours })],
        [t('service.laws'), list(service.laws.map((one) => lawWords(one, i18n.language)))],
      ]} />
    </Box>
  );
}
