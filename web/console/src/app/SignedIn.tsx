/** What every page behind the sign-in shares. */
import { Outlet } from '@tanstack/react-router';

export function SignedIn() {
  return <Outlet />;
}
