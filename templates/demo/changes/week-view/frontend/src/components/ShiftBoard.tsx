import { useShifts } from '../hooks/useShifts';
import { byWeek } from '../hooks/weeks';
import { Week } from './Week';

export function ShiftBoard() {
  const shifts = useShifts();
  return (
    <section aria-label="Shifts">
      {byWeek(shifts).map((week) => (
        <Week key={week.monday} shifts={week.shifts} />
      ))}
    </section>
  );
}
