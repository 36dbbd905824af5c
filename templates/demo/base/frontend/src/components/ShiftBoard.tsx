import { useShifts } from '../hooks/useShifts';
import { ShiftCard } from './ShiftCard';

export function ShiftBoard() {
  const shifts = useShifts();
  return (
    <section aria-label="Shifts">
      {shifts.map((shift) => (
        <ShiftCard key={shift.id} shift={shift} />
      ))}
    </section>
  );
}
