/** Saving a registration: the request with its locks first, then what may fail without undoing it: the scan, the officer. */
import { useState } from 'react';
import { type RequestBody, type RequestDetail, useAssignRequest, useFileLetter, useRegister } from '@/api/footage';

/** A request that was saved; `problems`: what of the rest was refused, to be done on its page. */
export type Registered = { request: RequestDetail; problems: { of: 'scan' | 'officer'; error: unknown }[] };

export function useRegistration() {
  const [register, upload, assign] = [useRegister(), useFileLetter(), useAssignRequest()];
  const [isPending, setPending] = useState(false);

  const save = async (body: RequestBody, file: File | null, officer: string | null): Promise<Registered> => {
    setPending(true);
    try {
      const request = await register.mutateAsync(body);
      const problems: Registered['problems'] = [];
      if (file) await upload.mutateAsync({ id: request.letter.id, file }).catch((error: unknown) => problems.push({ of: 'scan', error }));
      if (officer) await assign.mutateAsync({ id: request.id, account_id: officer }).catch((error: unknown) => problems.push({ of: 'officer', error }));
      return { request, problems };
    } finally {
      setPending(false);
    }
  };
  return { save, isPending, error: register.error };
}
