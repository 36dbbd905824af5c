import { useEffect, useState } from 'react';
import { getShifts, type Shift } from '../api/client';

export function useShifts(): Shift[] {
  const [shifts, setShifts] = useState<Shift[]>([]);
  useEffect(() => {
    void getShifts().then(setShifts);
  }, []);
  return shifts;
}
