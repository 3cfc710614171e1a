/** One file for the steps of signing in, the set-up and one's own account: they share their parts, and who signs in rarely needs any. */
export { CodeForm } from '@/features/sign-in/CodeForm';
export { NextStep } from '@/features/sign-in/NextStep';
export { SetUpPage } from '@/features/sign-in/SetUpPage';
export { AccountPage } from './AccountPage';
