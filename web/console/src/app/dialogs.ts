/** The dialogs of the frame. */
import { onDemand } from './on-demand';

export const PasswordDialog = onDemand(async () => (await import('@/features/sign-in/PasswordDialog')).PasswordDialog);
export const SearchDialog = onDemand(async () => (await import('./shell/SearchDialog')).SearchDialog);
export const SignInDialog = onDemand(async () => (await import('@/features/sign-in/SignInDialog')).SignInDialog);
