/** The dialogs of the frame, the steps of the sign-in. */
import i18next from 'i18next';
import { onDemand } from './on-demand';

/** With their words: nothing that is shown meanwhile may go for want of them. */
const withWords = async <Part>(part: Promise<Part>): Promise<Part> => {
  await i18next.loadNamespaces('sign-in');
  return part;
};

export const PasswordDialog = onDemand(async () => (await import('@/features/sign-in/PasswordDialog')).PasswordDialog);
export const SearchDialog = onDemand(async () => (await import('./shell/SearchDialog')).SearchDialog);
export const SignInDialog = onDemand(async () => (await import('@/features/sign-in/SignInDialog')).SignInDialog);

export const CodeForm = onDemand(async () => (await withWords(import('@/features/account'))).CodeForm);
export const NextStep = onDemand(async () => (await withWords(import('@/features/account'))).NextStep);
