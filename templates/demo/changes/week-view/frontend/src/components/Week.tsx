import type { Shift } from '../api/client';
import { ShiftCard } from './ShiftCard';

export function Week({ shifts }: { shifts: Shift[] }) {
  return (
    <div role="row">
      {shifts.map((shift) => (
        <ShiftCard key={shift.id} shift={shift} />
      ))}
    </div>
  );
}
