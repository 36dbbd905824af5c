import type { Shift } from '../api/client';

export function ShiftCard({ shift }: { shift: Shift }) {
  return (
    <article>
      <h3>{shift.unit}</h3>
      <time dateTime={shift.start}>{new Date(shift.start).toLocaleString()}</time>
    </article>
  );
}
